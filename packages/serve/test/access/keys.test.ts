import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServeKey, readServeKeys, revokeServeKey } from '../../src/access/key-file.js';
import { liveKeys } from '../../src/access/live-keys.js';
import { keyReader } from '../../src/access/serve-keys.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scorecast-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

const noon = new Date('2026-11-20T12:00:00Z');
const now = () => noon;
let files = 0;
const newFile = () => path.join(folder, `keys-${(files += 1)}.json`);

describe('a key', () => {
  it('is told from its file, where only a hash of it stands', async () => {
    const file = newFile();
    const { key, entry } = await createServeKey(file, { label: 'dashboard', scopes: ['predict', 'metrics'] }, noon);
    expect(key).toMatch(/^sci_[0-9a-f]{12}_[\w-]{43}$/);
    expect(entry).toMatchObject({ label: 'dashboard', createdAt: '2026-11-20T12:00:00.000Z', expiresAt: null });
    expect(await readFile(file, 'utf8')).not.toContain(key.slice(-43));
    expect(keyReader(await readServeKeys(file), now)(key)).toEqual({
      subject: `key ${entry.id}`,
      scopes: ['predict', 'metrics'],
    });
  });

  it('may be one of several with the same label, so that one is replaced without a gap', async () => {
    const file = newFile();
    const old = await createServeKey(file, { label: 'dashboard' });
    const next = await createServeKey(file, { label: 'dashboard' });
    const both = keyReader(await readServeKeys(file), now);
    expect([both(old.key)?.scopes, both(next.key)?.scopes]).toEqual([['predict'], ['predict']]);
    await revokeServeKey(file, old.entry.id);
    const left = keyReader(await readServeKeys(file), now);
    expect([left(old.key), left(next.key)?.subject]).toEqual([undefined, `key ${next.entry.id}`]);
  });

  it('ends when it was to end', async () => {
    const file = newFile();
    const { key } = await createServeKey(file, { label: 'guest', expiresAt: noon.getTime() + 1 }, noon);
    const keys = await readServeKeys(file);
    expect(keyReader(keys, now)(key)).toBeDefined();
    expect(keyReader(keys, () => new Date(noon.getTime() + 1))(key)).toBeUndefined();
  });

  it('that is changed anywhere is none', async () => {
    const file = newFile();
    const { key } = await createServeKey(file, { label: 'a' });
    const read = keyReader(await readServeKeys(file), now);
    const other = key.endsWith('A') ? 'B' : 'A';
    for (const text of [key.slice(0, -1) + other, key.slice(0, -1), `${key}x`, ` ${key}`, '', 'sci_', '__proto__']) {
      expect(read(text)).toBeUndefined();
    }
  });

  it('is not made from what cannot be one', async () => {
    const file = newFile();
    const refused = { code: 'SERVE_OPTION' };
    await expect(createServeKey(file, { label: 'a\nb' })).rejects.toMatchObject(refused);
    await expect(createServeKey(file, { label: 'a', scopes: [] })).rejects.toMatchObject(refused);
    await expect(createServeKey(file, { label: 'a', expiresAt: 0 })).rejects.toMatchObject(refused);
    await expect(revokeServeKey(file, '0a1b2c3d4e5f')).rejects.toMatchObject({ code: 'SERVE_KEYS_UNREADABLE' });
  });
});

describe('a key file', () => {
  it('is for its owner’s eyes, and nothing else is left beside it', async () => {
    const file = newFile();
    await createServeKey(file, { label: 'a' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.startsWith(path.basename(file)))).toHaveLength(1);
    await expect(createServeKey(path.join(file, 'below'), { label: 'a' })).rejects.toMatchObject({
      code: 'SERVE_KEYS_UNREADABLE',
    });
  });

  it.each([
    ['{"keys": [{"hash": "PLANTED"', 'it is not JSON'],
    ['[]', 'it has no list "keys"'],
    ['{"keys": [7]}', '"id" of key 1 is missing or wrong'],
    ['{"keys": [{"id": "0a1b2c3d4e5f", "label": "a", "scopes": ["all"]}]}', '"scopes" of key 1'],
    ['{"keys": [{"id": "0a1b2c3d4e5f", "label": "a", "scopes": ["admin"], "hash": "PLANTED"}]}', '"hash" of key 1'],
  ])('that is wrong is refused without repeating it: %s', async (text, reason) => {
    const file = newFile();
    await writeFile(file, text);
    const failure = await readServeKeys(file).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SERVE_KEYS_UNREADABLE', exitCode: 2, cause: undefined });
    expect(String(failure)).toContain(reason);
    expect(String(failure)).not.toContain('PLANTED');
  });

  it('is read again when it changes, and one that cannot be read changes nothing', async () => {
    const file = newFile();
    const first = await createServeKey(file, { label: 'first' });
    const outcomes: object[] = [];
    const live = await liveKeys(file, now, (outcome) => outcomes.push(outcome));
    const second = await createServeKey(file, { label: 'second' });
    expect(live.read(second.key)).toBeUndefined();
    await expect.poll(() => live.read(second.key)).toBeDefined();
    await writeFile(file, '{"keys": [');
    await expect.poll(() => outcomes.at(-1)).toMatchObject({ failure: { code: 'SERVE_KEYS_UNREADABLE' } });
    expect(live.read(first.key)).toBeDefined();
    expect(outcomes).toContainEqual({ count: 2 });
    live.close();
  });
});
