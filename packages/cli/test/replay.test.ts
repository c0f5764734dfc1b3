import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadBundle } from '@scorecast/core';
import { createServer, type ServerOptions } from '@scorecast/serve';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

/** A folder with a training and a log of two predictions of its bundle. */
async function logged(options: ServerOptions = {}) {
  const folder = await examsProject();
  await cli(folder, 'train', '--seed', '7');
  const bundle = await loadBundle(await readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8'));
  const log = path.join(folder, 'log');
  const app = await createServer(bundle, { logLevel: 'silent', logPredictions: log, ...options });
  const payload = bundle.replay.rows.slice(0, 2);
  const { predictions } = (await app.inject({ method: 'POST', url: '/predict', payload })).json();
  await app.close();
  const ids: readonly string[] = predictions.map(({ id }: { id: string }) => id);
  return { folder, log, bundle, ids, prediction: predictions[0].prediction };
}

describe('scorecast replay', () => {
  it('proves the same number with the bundle beside it, one that is named, and the one of the recorded training', async () => {
    const { folder, ids, prediction, bundle } = await logged();
    for (const id of ids) expect((await cli(folder, 'replay', id, '--log', 'log')).code).toBe(0);
    const named = await cli(folder, 'replay', ids[0], '--log', 'log', '--bundle', 'scorecast-out/bundle.json');
    expect(named.stderr).toContain(`replayed: ${ids[0]} is ${prediction} (`);
    await rm(path.join(folder, 'scorecast-out/bundle.json'));
    const tracked = await cli(folder, 'replay', ids[0], '--log', 'log');
    expect([tracked.code, tracked.stderr]).toEqual([0, expect.stringContaining(`by ${bundle.name} ${bundle.version}`)]);
  });

  it('fails where one digit of the log was changed', async () => {
    const { folder, log, ids } = await logged();
    const [name] = await readdir(log);
    const file = path.join(log, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"lower":(\d+)\./, '"lower":$1$1.'));
    const { code, stderr } = await cli(folder, 'replay', ids[0], '--log', 'log');
    expect([code, stderr]).toEqual([1, expect.stringContaining('one of the two was changed since')]);
  });

  it('says what it lacks: the inputs, the prediction, the bundle, the place', async () => {
    const { folder, ids } = await logged({ logInputs: 'none' });
    const withoutInputs = await cli(folder, 'replay', ids[0], '--log', 'log');
    expect([withoutInputs.code, withoutInputs.stderr]).toEqual([3, expect.stringContaining('--log-inputs full')]);
    const other = '019a1f2e-7b40-7000-9c41-5be02d6f8a17';
    expect((await cli(folder, 'replay', other, '--log', 'log')).stderr).toContain(`there is no prediction "${other}"`);
    expect((await cli(folder, 'replay', 'x', '--log', 'sqlite:///none.db')).code).toBe(1);
    expect(await readdir(folder)).not.toContain('none.db');
    expect((await cli(folder, 'replay', ids[0])).code).toBe(2);
    await rm(path.join(folder, 'scorecast-out'), { recursive: true });
    expect((await cli(folder, 'replay', ids[0], '--log', 'log')).code).toBe(2);
  });
});
