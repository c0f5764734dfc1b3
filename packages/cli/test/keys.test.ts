import { describe, expect, it } from 'vitest';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { changeExams, examsProject } from './exams-project.js';
import { listed, trackedIn, trackIn } from './tracked.js';

describe('scorecast keys', () => {
  it('creates a key that is shown once, lists it without its secret, and revokes it', async () => {
    const folder = await temporaryFolder();
    await trackedIn(folder);
    const made = await cli(folder, 'keys', 'create', 'ann', '--role', 'approver', '--expires', '90d');
    expect(made.stdout).toMatch(/^sck_[0-9a-f]{12}_[\w-]{43}\n$/);
    const id = made.stdout.slice(4, 16);
    expect(made.stderr).toContain(`key ${id} of ann with the role approver`);
    const found = await cli(folder, 'keys', 'list', '--json');
    const key: unknown = JSON.parse(found.stdout);
    expect(key).toMatchObject({ id, name: 'ann', role: 'approver', revokedAt: null });
    expect(found.stdout).not.toContain(made.stdout.trim().slice(17));
    expect((await cli(folder, 'keys', 'revoke', id)).stderr).toBe(`revoked key ${id}\n`);
    expect((await cli(folder, 'keys', 'list')).stdout).toMatch(/ann {3,}approver( +\d{4}-\d\d-\d\d \d\d:\d\d){3}\n$/);
  });

  it('knows no role but four, and no key that is not there', async () => {
    const folder = await temporaryFolder();
    await trackedIn(folder);
    const role = await cli(folder, 'keys', 'create', 'ann', '--role', 'king');
    expect(role.code).toBe(2);
    expect(role.stderr).toContain('Allowed choices are viewer, editor, approver, admin.');
    const id = await cli(folder, 'keys', 'revoke', '0a1b2c3d4e5f');
    expect(id.code).toBe(1);
    expect(id.stderr).toContain('No API key with id 0a1b2c3d4e5f');
    expect((await cli(folder, 'keys', 'list')).stderr).toBe('there are no keys\n');
  });
});

describe('a server that asks for keys', () => {
  it('records the training of an editor, who may not promote, and of nobody without a key', async () => {
    const folder = await examsProject();
    const client = await trackedIn(folder);
    const { url } = await trackIn(folder, '--keys');
    const { secret } = await client.registry.createKey({ name: 'nightly', role: 'editor' });
    const train = (...args: readonly string[]) =>
      startCli(folder, ['train', '--tracking-uri', url, ...args], { MLFLOW_TRACKING_TOKEN: secret }).ended;

    const without = await cli(folder, 'train', '--tracking-uri', url);
    expect(without.code).toBe(0);
    expect(without.stderr).toContain('the training could not be recorded: this server asks for a key or a token');

    const first = await train();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('recorded 1 earlier training that had waited');
    expect(first.stderr).toContain('registered as exams version 2');
    expect(first.stderr).toContain('needs approver');
    expect(await client.models.findByAlias('exams', 'production')).toBeUndefined();

    const approver = await client.registry.createKey({ name: 'ann', role: 'approver' });
    const args = ['models', 'promote', 'exams', '2', '--reason', 'read', '--tracking-uri', url];
    const promoted = await startCli(folder, args, { MLFLOW_TRACKING_TOKEN: approver.secret }).ended;
    expect(promoted.stdout).toContain('exams@production: none -> 2');
    const [move] = await listed(client.registry.audit('exams'));
    expect(move).toMatchObject({ action: 'alias.move', actor: `ann (${approver.key.id})` });

    await changeExams(folder, { seed: 7 });
    const second = await train('--promote', 'because');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('nightly');
    expect(await client.models.findByAlias('exams', 'production')).toMatchObject({ version: '2' });
  });
});
