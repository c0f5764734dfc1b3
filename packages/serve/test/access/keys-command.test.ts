import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readServeKeys } from '../../src/access/key-file.js';
import { openWarning } from '../../src/access/open-warning.js';
import { runServe } from '../../src/run-serve.js';
import { readSettings } from '../../src/settings/read-settings.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scorecast-keys-command-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const texts = { out: '', err: '' };
  const code = await runServe(['keys', ...args], {
    stdout: { write: (text) => (texts.out += text) },
    stderr: { write: (text) => (texts.err += text) },
    env: { SCORECAST_API_KEYS: 'keys.json' },
    cwd: () => folder,
    on: () => undefined,
    off: () => undefined,
  });
  return { code, ...texts };
}

describe('scorecast-serve keys', () => {
  it('writes a new key to stdout alone, lists it without it, and revokes it', async () => {
    const made = await run('create', 'dashboard', '--scopes', 'predict,metrics', '--expires', '90d');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^sci_[0-9a-f]{12}_[\w-]{43}\n$/) });
    const id = made.out.slice(4, 16);
    expect(made.err).toBe(`key ${id} of dashboard for predict, metrics; it is not shown again\n`);
    const listed = await run('list');
    expect(listed.out).toMatch(/^id {12}label {6}scopes {11}created {5}ends {8}revoked\n/);
    expect(listed.out).toMatch(new RegExp(`^${id}  dashboard  predict,metrics  [\\d-]{10}  [\\d-]{10}$`, 'm'));
    expect(await run('revoke', id)).toMatchObject({ code: 0, out: '' });
    expect((await readServeKeys(path.join(folder, 'keys.json')))[0].revokedAt).not.toBeNull();
    expect(JSON.parse((await run('list', '--json')).out)).toMatchObject({ id, revokedAt: expect.any(String) });
  });

  it.each([
    [[], 'expected "keys create LABEL"'],
    [['create'], 'expected "keys create LABEL"'],
    [['create', 'a', 'b'], 'expected "keys create LABEL"'],
    [['create', 'a', '--scopes', 'everything'], 'expected some of predict, outcomes, metrics, admin'],
    [['create', 'a', '--expires', 'soon'], 'expected a time from now, such as 90d'],
    [['list', '--wide'], '--wide'],
    [['revoke', '000000000000'], 'there is no key "000000000000"'],
    [['list', '--api-keys', 'none.json'], 'there is no such file'],
  ])('%j is a usage error', async (args, message) => {
    await run('create', 'any');
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: /);
    expect(err).toContain(message);
  });

  it('explains itself', async () => {
    expect((await run('--help')).out).toContain('scorecast-serve keys create <label>');
  });
});

describe('a service that other machines reach', () => {
  const warning = (given: Parameters<typeof readSettings>[0]) => openWarning(readSettings(given, {}));

  it('is warned of when it asks nobody for a key', () => {
    expect(warning({ host: '0.0.0.0' })).toContain('give it --api-keys');
    expect(warning({ host: '::' })).toBeDefined();
    expect(warning({ host: '0.0.0.0', apiKeys: 'keys.json' })).toBeUndefined();
    expect(warning({})).toBeUndefined();
    expect(warning({ host: '::1' })).toBeUndefined();
  });
});
