import { appendFile } from 'node:fs/promises';
import { columnOf } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { scanFile, type FileChunk } from '../../src/index.js';
import { small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

async function scan(text: string): Promise<readonly FileChunk[]> {
  const chunks: FileChunk[] = [];
  for await (const chunk of scanFile(await files.write('scan.csv', text), small)) chunks.push(chunk);
  return chunks;
}

describe('scanning a file', () => {
  it('needs no target and does not look at one', async () => {
    for (const text of ['id,hours,lunch,effort\na,1,none,low\n', 'id,hours,lunch,effort,score\na,1,none,low,many\n']) {
      const [chunk] = await scan(text);
      expect(chunk.problems).toEqual([]);
      expect(chunk.warnings).toEqual([]);
      expect(chunk.features.columns.map((column) => column.name)).toEqual(['hours', 'lunch', 'effort']);
    }
  });

  it('gives rows in pieces, the good ones as a table and the others as problems', async () => {
    const text = `id,hours,lunch,effort\n${Array.from({ length: 30_000 }, (_, i) => `s${i},${i % 100 === 0 ? 'x' : 1},none,low\n`).join('')}short\n`;
    const chunks = await scan(text);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.flatMap((chunk) => chunk.problems.map((problem) => problem.row))).toEqual([
      ...Array.from({ length: 300 }, (_, i) => i * 100 + 1),
      30_001,
    ]);
    for (const chunk of chunks) {
      expect(columnOf(chunk.features, 'lunch')).toMatchObject({ levels: ['standard', 'none', ''] });
      expect(chunk.identifiers[0].values).toEqual(Array.from(chunk.rowNumbers, (row) => `s${row - 1}`));
    }
  });

  it('says once what it ignored', async () => {
    const chunks = await scan(`id,hours,lunch,effort,mood\n${'a,1,none,low,x\n'.repeat(50_000)}`);
    expect(chunks.flatMap((chunk) => chunk.warnings)).toEqual(['column "mood" is not in the schema and was ignored']);
  });

  it('ends when the file grows under its hands', async () => {
    const path = await files.write('growing.csv', `id,hours,lunch,effort\n${'a,1,none,low\n'.repeat(50_000)}`);
    const chunks = scanFile(path, small);
    await chunks.next();
    await appendFile(path, 'b,1,none,low\n');
    const rest = async () => {
      for await (const chunk of chunks) expect(chunk.problems).toEqual([]);
    };
    await expect(rest()).rejects.toMatchObject({
      code: 'DATA_CHANGED',
      details: { expected: '50000 rows', found: '50001 rows' },
    });
  });
});
