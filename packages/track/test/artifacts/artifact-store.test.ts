import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryLedger, type ArtifactLedger } from '../../src/artifacts/artifact-ledger.js';
import type { ArtifactEntry, ArtifactStore } from '../../src/artifacts/artifact-store.js';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { all, broken, pathsOf, sha256, someBytes, stream, textOf } from './content.js';
import { startMoto, startS3rver, type S3Server } from './s3-servers.js';

const MIB = 1024 ** 2;
const moto = await startMoto();
const motoReason = 'unavailable' in moto ? moto.unavailable : '';

/** A kind of storage to run the suite on; `root` makes the URI of an empty place. */
interface Kind {
  readonly name: string;
  readonly start: () => Promise<S3Server>;
  readonly root: () => Promise<string>;
  readonly listsParts: boolean;
}

let roots = 0;
const bucketRoot = async () => `s3://artifacts/suite-${++roots}`;
const kinds: readonly Kind[] = [
  {
    name: 'a disk',
    start: async () => ({ env: {}, stop: async () => undefined }),
    root: () => mkdtemp(path.join(tmpdir(), 'scorecast-artifacts-')),
    listsParts: true,
  },
  { name: 's3rver', start: startS3rver, root: bucketRoot, listsParts: false },
  {
    name: motoReason === '' ? 'Moto' : `Moto (skipped: ${motoReason})`,
    start: async () => ('unavailable' in moto ? Promise.reject(new Error(moto.unavailable)) : moto),
    root: bucketRoot,
    listsParts: true,
  },
];

describe.each(kinds)('an artifact store on $name', ({ name, start, root, listsParts }) => {
  const skip = name.includes('skipped');
  let server: S3Server;
  let uri: string;
  let ledger: ArtifactLedger;
  let store: ArtifactStore;
  const open = (options: { readonly maxFileBytes?: number } = {}) =>
    openArtifactStore(uri, { env: server.env, ledger, partBytes: 5 * MIB, ...options });

  beforeAll(async () => {
    if (!skip) server = await start();
  });
  afterAll(async () => {
    if (!skip) await server.stop();
  });
  beforeEach(async () => {
    if (skip) return;
    uri = await root();
    ledger = memoryLedger();
    store = open();
    return async () => {
      if (path.isAbsolute(uri)) await rm(uri, { recursive: true, force: true });
    };
  });

  it.skipIf(skip)('gives back what was written, with its size and checksum', async () => {
    const stored = await store.write('1/run/artifacts/notes.txt', stream('first line\n', 'second line\n'));
    const text = 'first line\nsecond line\n';
    expect(stored).toEqual({ path: '1/run/artifacts/notes.txt', sizeBytes: text.length, sha256: sha256(text) });
    const reading = await store.read('1/run/artifacts/notes.txt');
    expect(reading).toMatchObject({ sizeBytes: text.length, start: 0, end: text.length, sha256: sha256(text) });
    expect(await textOf(reading)).toBe(text);
    const found = await store.find('1/run/artifacts/notes.txt');
    expect(found).toMatchObject({ sizeBytes: text.length, isDirectory: false, sha256: sha256(text) });
    expect(Math.abs(Date.now() - (found?.modifiedAt ?? 0))).toBeLessThan(120_000);
  });

  it.skipIf(skip)('keeps an empty file', async () => {
    await store.write('empty', stream());
    expect(await textOf(await store.read('empty'))).toBe('');
    expect(await store.list()).toMatchObject([{ path: 'empty', sizeBytes: 0 }]);
  });

  it.skipIf(skip)('keeps names with spaces, signs and letters of any language', async () => {
    const names = ["a b+c&d=e!'()*~@$,;.txt", 'Ünïcode 数据.json', '100%25 sure', 'x=1/y=2', 'q?v'];
    for (const file of names) await store.write(file, stream(file));
    for (const file of names) expect(await textOf(await store.read(file))).toBe(file);
    expect(await pathsOf(store.walk())).toEqual([...names].sort());
  });

  it.skipIf(skip)('puts new content in the place of the old', async () => {
    await store.write('model.json', stream('old'));
    await store.write('model.json', stream('new and longer'));
    expect(await textOf(await store.read('model.json'))).toBe('new and longer');
  });

  it.skipIf(skip)('lists the files and folders of one folder, by path', async () => {
    for (const file of ['b.txt', 'model/MLmodel', 'model/data/weights.bin', 'models.txt']) {
      await store.write(file, stream(file));
    }
    expect(shape(await store.list())).toEqual(['b.txt 5', 'model/', 'models.txt 10']);
    expect(shape(await store.list('model/'))).toEqual(['model/MLmodel 13', 'model/data/']);
    expect(await store.list('model/MLmodel')).toEqual([]);
    expect(await store.list('mod')).toEqual([]);
    expect(await store.list('nowhere')).toEqual([]);
  });

  it.skipIf(skip)('walks all files beneath a folder', async () => {
    for (const file of ['a/1', 'a/b/2', 'a/b/c/3', 'ab/4']) await store.write(file, stream('x'));
    expect(await pathsOf(store.walk('a'))).toEqual(['a/1', 'a/b/2', 'a/b/c/3']);
    expect(await pathsOf(store.walk('nowhere'))).toEqual([]);
  });

  it.skipIf(skip)('reads ranges, so that a download can be continued', async () => {
    await store.write('digits', stream('0123456789'));
    const middle = await store.read('digits', { start: 3, end: 6 });
    expect(middle).toMatchObject({ start: 3, end: 6, sizeBytes: 10 });
    expect(await textOf(middle)).toBe('345');
    expect(await textOf(await store.read('digits', { start: 7 }))).toBe('789');
    expect(await textOf(await store.read('digits', { start: 8, end: 99 }))).toBe('89');
    expect(await textOf(await store.read('digits', { start: 4, end: 4 }))).toBe('');
    await expect(store.read('digits', { start: 10 })).rejects.toMatchObject({ code: 'ARTIFACT_RANGE', status: 416 });
  });

  it.skipIf(skip)('says that a file is missing', async () => {
    await store.write('folder/file', stream('x'));
    for (const missing of ['nothing', 'folder', 'folder/file/beneath', 'nowhere/at/all']) {
      expect(await store.find(missing)).toBeUndefined();
      await expect(store.read(missing)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST', status: 404 });
    }
  });

  it.skipIf(skip)('removes a file, and the folders that it leaves empty', async () => {
    await store.write('a/b/c.txt', stream('x'));
    await store.write('a/d.txt', stream('y'));
    await store.remove('a/b/c.txt');
    expect(shape(await store.list('a'))).toEqual(['a/d.txt 1']);
    await store.remove('a/b/c.txt');
    await store.remove('a/d.txt');
    expect(await store.list()).toEqual([]);
  });

  it.skipIf(skip)('removes a folder with all that is in it, and nothing beside it', async () => {
    for (const file of ['run/a', 'run/b/c', 'running']) await store.write(file, stream('four'));
    expect(await store.removeTree('run')).toEqual({ files: 2, bytes: 8 });
    expect(await store.removeTree('run')).toEqual({ files: 0, bytes: 0 });
    expect(await store.removeTree('running')).toEqual({ files: 1, bytes: 4 });
    expect(await pathsOf(store.walk())).toEqual([]);
  });

  it.skipIf(skip)('leaves nothing when content breaks off, and keeps the file that was there', async () => {
    await store.write('kept', stream('before'));
    await expect(store.write('kept', broken('half'))).rejects.toThrow('the client went away');
    await expect(store.write('new/file', broken('half'))).rejects.toThrow('the client went away');
    expect(await pathsOf(store.walk())).toEqual(['kept']);
    expect(await textOf(await store.read('kept'))).toBe('before');
    if (listsParts) expect(await pathsOf(store.leftovers())).toEqual([]);
  });

  it.skipIf(skip)('refuses content that is not what was expected', async () => {
    const content = () => stream('content');
    await expect(store.write('f', content(), { sizeBytes: 6 })).rejects.toMatchObject({ code: 'ARTIFACT_INCOMPLETE' });
    await expect(store.write('f', content(), { sha256: sha256('other') })).rejects.toThrow(
      /has SHA-256 [0-9a-f]{64} \(expected SHA-256/,
    );
    expect(await store.find('f')).toBeUndefined();
    await store.write('f', content(), { sizeBytes: 7, sha256: sha256('content') });
    expect(await textOf(await store.read('f'))).toBe('content');
  });

  it.skipIf(skip)('refuses a file above the limit while it comes in', async () => {
    const small = open({ maxFileBytes: 10 });
    await small.write('fits', stream('0123456789'));
    await expect(small.write('large', stream('01234', '56789', '0'))).rejects.toMatchObject({
      code: 'ARTIFACT_TOO_LARGE',
      status: 413,
    });
    expect(await pathsOf(small.walk())).toEqual(['fits']);
  });

  it.skipIf(skip)('takes in a large file in pieces of bounded size', async () => {
    const bytes = someBytes(11 * MIB + 17);
    const stored = await store.write('large.bin', inChunks(bytes, 100_000));
    expect(stored).toMatchObject({ sizeBytes: bytes.length, sha256: sha256(bytes) });
    const { body } = await store.read('large.bin');
    expect((await buffer(body)).equals(bytes)).toBe(true);
    const { body: tail } = await store.read('large.bin', { start: 10 * MIB - 3 });
    expect((await buffer(tail)).equals(bytes.subarray(10 * MIB - 3))).toBe(true);
  });

  it.skipIf(skip)('leaves nothing of a large file that breaks off or is not what was expected', async () => {
    const bytes = someBytes(11 * MIB);
    const wrong = { sha256: sha256('other') };
    await expect(store.write('large.bin', inChunks(bytes, MIB), wrong)).rejects.toMatchObject({
      code: 'ARTIFACT_INCOMPLETE',
    });
    await expect(store.write('large.bin', inChunks(bytes, MIB, 'break off'))).rejects.toThrow('the client went away');
    expect(await pathsOf(store.walk())).toEqual([]);
    if (listsParts) expect(await pathsOf(store.leftovers())).toEqual([]);
  });

  it.skipIf(skip)('fails instead of ending where the file is not what was written', async () => {
    await store.write('model.bin', stream('the right bytes'));
    const elsewhere = openArtifactStore(uri, { env: server.env });
    await elsewhere.write('model.bin', stream('the wrong bytes'));
    const reading = await store.read('model.bin');
    await expect(textOf(reading)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED', status: 500 });
    await elsewhere.write('model.bin', stream('cut'));
    await expect(store.read('model.bin')).rejects.toThrow(/has 3 bytes \(expected 15 bytes/);
    await store.write('model.bin', stream('written again'));
    expect(await textOf(await store.read('model.bin'))).toBe('written again');
  });

  it.skipIf(skip)('has one of the files that are written to a path at the same time, whole', async () => {
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(1000 + i));
    await Promise.all(contents.map((content) => store.write('contested', stream(content))));
    expect(contents).toContain(await textOf(await store.read('contested')));
  });

  it.skipIf(skip)('has a store for each folder, which shares checksums', async () => {
    const run = store.at('1/abc/artifacts');
    await run.write('plot.png', stream('png'));
    expect(run.uri).toBe(`${store.uri}/1/abc/artifacts`);
    expect(await store.find('1/abc/artifacts/plot.png')).toMatchObject({ sha256: sha256('png') });
    expect(shape(await run.list())).toEqual(['plot.png 3']);
    expect(await pathsOf(run.walk())).toEqual(['plot.png']);
    await expect(run.read('../../../1/abc/artifacts/plot.png')).rejects.toThrow('Invalid path');
  });

  it.skipIf(skip)('refuses paths that lead elsewhere, in every operation', async () => {
    const refused = { code: 'INVALID_PARAMETER_VALUE', status: 400 };
    for (const bad of ['../x', '/etc/passwd', 'a/../../x', '%2e%2e/x', 'a\\..\\x', 'nul', '', 'a\0b']) {
      await expect(store.write(bad, stream('x'))).rejects.toMatchObject(refused);
      await expect(store.read(bad)).rejects.toMatchObject(refused);
      await expect(store.find(bad)).rejects.toMatchObject(refused);
      await expect(store.removeTree(bad)).rejects.toMatchObject(refused);
      await expect(store.uploads.start(bad)).rejects.toMatchObject(refused);
    }
    await expect(store.list('../x')).rejects.toMatchObject(refused);
    expect(() => store.at('..')).toThrow('Invalid path');
  });

  describe.skipIf(skip || !listsParts)('uploads in parts', () => {
    const parts = [someBytes(5 * MIB), Buffer.from('the rest')];
    const whole = Buffer.concat(parts);

    it('continues after an interruption, with another store of the same place', async () => {
      const upload = { path: 'models/big.onnx', id: await store.uploads.start('models/big.onnx') };
      const first = await store.uploads.write(upload, 1, stream(parts[0]));
      expect(await store.find('models/big.onnx')).toBeUndefined();

      const { uploads } = open();
      expect(await uploads.parts(upload)).toMatchObject([{ number: 1, sizeBytes: parts[0].length }]);
      const second = await uploads.write(upload, 2, stream(parts[1]));
      const expected = { sizeBytes: whole.length, sha256: sha256(whole) };
      expect(await uploads.complete(upload, [first, second], expected)).toEqual({
        path: 'models/big.onnx',
        ...expected,
      });
      const { body } = await store.read('models/big.onnx');
      expect((await buffer(body)).equals(whole)).toBe(true);
      expect(await pathsOf(store.leftovers())).toEqual([]);
    });

    it('joins by number, and takes a part that was written again', async () => {
      const upload = { path: 'f', id: await store.uploads.start('f') };
      await store.uploads.write(upload, 2, stream('end'));
      await store.uploads.write(upload, 1, stream('wrong'));
      await store.uploads.write(upload, 1, stream(parts[0]));
      expect(await store.uploads.complete(upload)).toMatchObject({ sizeBytes: parts[0].length + 3 });
      const { body } = await store.read('f', { start: parts[0].length });
      expect((await buffer(body)).toString()).toBe('end');
    });

    it('refuses to join parts that did not arrive so, and can then be put right', async () => {
      const upload = { path: 'f', id: await store.uploads.start('f') };
      await expect(store.uploads.complete(upload)).rejects.toThrow('no part of "f" has arrived');
      const part = await store.uploads.write(upload, 1, stream('content'));
      const other = { number: 1, etag: '"0123"' };
      await expect(store.uploads.complete(upload, [other])).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
      await expect(store.uploads.complete(upload, [part, { number: 2, etag: 'x' }])).rejects.toThrow(
        'it has not arrived',
      );
      await expect(store.uploads.complete(upload, [part], { sizeBytes: 1 })).rejects.toMatchObject({
        code: 'ARTIFACT_INCOMPLETE',
      });
      expect(await store.find('f')).toBeUndefined();
      expect(await store.uploads.complete(upload, [part])).toMatchObject({ sizeBytes: 7 });
    });

    it('shows what is pending, and gives it up', async () => {
      const upload = { path: 'a/f', id: await store.uploads.start('a/f') };
      await store.uploads.write(upload, 1, stream('content'));
      expect(await pathsOf(store.walk())).toEqual([]);
      expect(await store.list()).toEqual([]);
      const [leftover, ...others] = await all(store.leftovers());
      expect(others).toEqual([]);
      expect(leftover).toMatchObject({ path: 'a/f', sizeBytes: 7 });
      await leftover.remove();
      expect(await pathsOf(store.leftovers())).toEqual([]);
      await store.uploads.abort(upload);
      await expect(store.uploads.complete(upload)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    });

    it('refuses an upload that it does not know, and parts without a number', async () => {
      const id = await store.uploads.start('a');
      await expect(store.uploads.parts({ path: 'a', id: 'unknown' })).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
      });
      for (const number of [0, 10_001, 1.5]) {
        await expect(store.uploads.write({ path: 'a', id }, number, stream('x'))).rejects.toThrow("'part_number'");
      }
    });
  });
});

function shape(entries: readonly ArtifactEntry[]): readonly string[] {
  return entries.map((entry) => (entry.isDirectory ? `${entry.path}/` : `${entry.path} ${entry.sizeBytes}`));
}

async function* inChunks(bytes: Buffer, chunkBytes: number, end?: 'break off'): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
  if (end === 'break off') throw new Error('the client went away');
}
