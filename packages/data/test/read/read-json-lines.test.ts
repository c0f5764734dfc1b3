import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDataset, type ReadOptions } from '../../src/index.js';
import { rowsOf, small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

async function read(lines: readonly (object | string)[], options?: ReadOptions) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return readDataset(await files.write('data.jsonl', text), small, options);
}

const a = { id: 'a', hours: 1.5, lunch: 'standard', effort: 'low', score: 50 };
const b = { id: 'b', hours: 2, lunch: 'none', effort: 'high', score: 60 };

describe('JSON lines', () => {
  it('are read by name or alias, in any order', async () => {
    const rows = [a, { score: 60, effort: 'high', lunch: 'none', 'study hours': 2, id: 'b' }];
    expect(rowsOf(await read(rows))).toEqual([
      ['a', 1.5, 'standard', 'low', 50],
      ['b', 2, 'none', 'high', 60],
    ]);
  });

  it('take null and an absent key for missing, but not an empty text', async () => {
    expect(rowsOf(await read([{ id: null, hours: null, lunch: '', score: 1 }, b]))[0]).toEqual([
      null,
      null,
      '',
      null,
      1,
    ]);
  });

  it('keep a numeric identifier as text', async () => {
    expect(rowsOf(await read([{ ...a, id: 7 }, b]))[0][0]).toBe('7');
  });

  it('may have blank lines, a byte-order mark and both characters at line ends', async () => {
    expect(rowsOf(await read([`\ufeff${JSON.stringify(a)}\r`, '', '  \r', b]))).toHaveLength(2);
  });

  it('may be packed', async () => {
    const path = await files.write('data.jsonl.gz', gzipSync(`${JSON.stringify(a)}\n${JSON.stringify(b)}\n`));
    expect(rowsOf(await readDataset(path, small))).toHaveLength(2);
  });

  it('name the row of every problem', async () => {
    await expect(
      read([a, '{"id": ', '', b, '[1, 2]', 'null', { ...a, hours: '1.5' }, { ...b, score: null }]),
    ).rejects.toMatchObject({
      code: 'DATA_INVALID',
      details: {
        problemCount: 5,
        problems: [
          { code: 'unreadable-row', row: 2, value: 'the line is not JSON', expected: 'one JSON object per line' },
          { code: 'unreadable-row', row: 4, value: 'the line is not an object' },
          { code: 'unreadable-row', row: 5, value: 'the line is not an object' },
          { code: 'wrong-type', column: 'hours', row: 6, value: '1.5', expected: 'a number from 0 to 24' },
          { code: 'missing', column: 'score', row: 7 },
        ],
      },
    });
  });

  it('refuse two values for one field', async () => {
    await expect(read([{ ...a, 'study hours': 3 }, b])).rejects.toMatchObject({
      details: { problems: [{ code: 'duplicate-column', column: 'hours', row: 1, value: 'study hours' }] },
    });
  });

  it('warn once of a field that is ignored', async () => {
    const { warnings } = await read([a, { ...b, mood: 1 }, { ...a, mood: 2 }]);
    expect(warnings).toEqual(['field "mood" is not in the schema and was ignored']);
  });

  it('leave rows with problems out when told so', async () => {
    const dataset = await read([a, 'x', b, { ...a, score: 101 }], { onInvalid: 'drop' });
    expect(Array.from(dataset.rowNumbers)).toEqual([1, 3]);
    expect(dataset.dropped).toMatchObject({ rows: 2, problemCount: 2 });
  });
});
