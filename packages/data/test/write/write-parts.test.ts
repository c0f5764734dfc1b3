import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDataset, writeParts } from '../../src/index.js';
import { rowsOf, small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();
const TEXT = 'score,study hours,lunch,effort,id\n1,,none,,"a,b"\n2,1.50,"",low,""\nx,,,,\n3,2,standard,high,\n';
const split = { train: Int32Array.of(2, 0), test: Int32Array.of(1) };

async function parts(name: string, text: string | Uint8Array, folder = 'parts') {
  const path = await files.write(name, text);
  const dataset = await readDataset(path, small, { onInvalid: 'drop' });
  const manifest = await writeParts(files.path(folder), dataset, split, {
    path,
    schema: small,
    seed: 42,
    testSize: 0.2,
  });
  return { path, dataset, manifest };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the parts of a dataset', () => {
  it('are the original, byte for byte, and canonical CSV of the rows in their order', async () => {
    await parts('data.csv', TEXT);
    expect(await readFile(files.path('parts/raw.csv'), 'utf8')).toBe(TEXT);
    expect(await readFile(files.path('parts/train.csv'), 'utf8')).toBe(
      'id,hours,lunch,effort,score\n,2,standard,high,3\n"a,b",,none,,1\n',
    );
    expect(await readFile(files.path('parts/test.csv'), 'utf8')).toBe('id,hours,lunch,effort,score\n"",1.5,"",low,2\n');
  });

  it('are described by a manifest with hashes, rows and sizes', async () => {
    const { manifest } = await parts('data.csv', TEXT);
    expect(JSON.parse(await readFile(files.path('parts/manifest.json'), 'utf8'))).toEqual(manifest);
    expect(manifest).toMatchObject({ schema: 'small', seed: 42, testSize: 0.2 });
    for (const [part, rows] of [
      [manifest.raw, 4],
      [manifest.train, 2],
      [manifest.test, 1],
    ] as const) {
      const bytes = await readFile(files.path(`parts/${part.file}`));
      expect(part).toEqual({ file: part.file, rows, sizeBytes: bytes.length, sha256: sha256(bytes) });
    }
  });

  it('keep the extension of the original', async () => {
    const { manifest, path } = await parts('my.data.csv.gz', gzipSync(TEXT));
    expect(manifest.raw.file).toBe('raw.csv.gz');
    expect(await readFile(files.path('parts/raw.csv.gz'))).toEqual(await readFile(path));
  });

  it('read back as the same rows', async () => {
    const { dataset } = await parts('data.csv', TEXT);
    const [first, second, third] = rowsOf(dataset);
    const train = await readDataset(files.path('parts/train.csv'), small);
    expect(rowsOf(train)).toEqual([third, first]);
    expect(await readFile(files.path('parts/test.csv'), 'utf8')).toContain(String(second[1]));
  });

  it('are the same bytes when they are written again', async () => {
    const once = await parts('data.csv', TEXT, 'once');
    const again = await parts('data.csv', TEXT, 'again');
    expect(again.manifest).toEqual(once.manifest);
  });

  it('hold every row of a large split', async () => {
    const text = `id,hours,lunch,effort,score\n${Array.from({ length: 3000 }, (_, i) => `s${i},1,none,low,${i % 100}\n`).join('')}`;
    const path = await files.write('many.csv', text);
    const dataset = await readDataset(path, small);
    const all = { train: Int32Array.from({ length: 3000 }, (_, i) => i), test: new Int32Array(0) };
    await writeParts(files.path('many'), dataset, all, { path, schema: small, seed: 1, testSize: 0 });
    expect(await readFile(files.path('many/train.csv'), 'utf8')).toBe(text);
    expect(await readFile(files.path('many/test.csv'), 'utf8')).toBe('id,hours,lunch,effort,score\n');
  });

  it('are refused when the original has changed since it was read', async () => {
    const path = await files.write('moving.csv', TEXT);
    const dataset = await readDataset(path, small, { onInvalid: 'drop' });
    await writeFile(path, `${TEXT}4,2,none,low,z\n`);
    const writing = writeParts(files.path('moved'), dataset, split, { path, schema: small, seed: 42, testSize: 0.2 });
    await expect(writing).rejects.toMatchObject({ code: 'DATA_CHANGED' });
    await expect(readFile(files.path('moved/raw.csv'))).rejects.toThrow();
  });
});
