import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createRun, databaseLedger, deleteRun, openArtifactStore, openStore } from '@scorecast/track';
import { cli, startCli, temporaryFolder } from './cli-run.js';

/** A folder where two runs were tracked and one of them deleted, so many days ago. */
async function trackedFolder(daysAgo: number) {
  const folder = await temporaryFolder();
  let now = Date.now() - daysAgo * 86_400_000;
  await mkdir(path.join(folder, 'scorecast-out'));
  const databaseUrl = path.join(folder, 'scorecast-out/tracking.db');
  const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/', now: () => now++ });
  const root = path.join(folder, 'scorecast-out/artifacts');
  const artifacts = openArtifactStore(root, { ledger: databaseLedger(store.db, store.now) });
  const files: string[] = [];
  for (const runName of ['kept', 'gone']) {
    const { info } = await createRun(store, { runName });
    const file = `0/${info.runId}/artifacts/model.json`;
    await artifacts.write(file, Readable.from(['x'.repeat(1500)]));
    files.push(path.join(root, file));
    if (runName === 'gone') await deleteRun(store, info.runId);
  }
  await store.close();
  return { folder, kept: files[0], gone: files[1], runId: path.basename(path.dirname(path.dirname(files[1]))) };
}

describe('scorecast gc', () => {
  it('shows what can be removed, and removes nothing', async () => {
    const { folder, gone, runId } = await trackedFolder(10);
    const { code, stdout, stderr } = await cli(folder, 'gc');
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(
      [
        `what  id${' '.repeat(32)}files    size  name`,
        `run   ${runId}      1  1.5 kB  gone`,
        '',
        'in all  files    size',
        '1 run       1  1.5 kB',
        '            1  1.5 kB',
        '',
      ].join('\n'),
    );
    expect(stderr).toContain('nothing was removed; add --delete to remove this for good');
    expect(existsSync(gone)).toBe(true);
  });

  it('removes it when asked to, and then finds nothing more', async () => {
    const { folder, kept, gone } = await trackedFolder(10);
    const { code, stderr } = await cli(folder, 'gc', '--delete');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('removed for good');
    expect([existsSync(kept), existsSync(gone)]).toEqual([true, false]);
    const again = await cli(folder, 'gc', '--delete');
    expect(again.stdout).toBe('');
    expect(again.stderr).toContain('there is nothing to remove');
  });

  it('leaves what was deleted less than a week ago, unless told otherwise', async () => {
    const { folder, runId } = await trackedFolder(2);
    expect((await cli(folder, 'gc')).stdout).toBe('');
    expect((await cli(folder, 'gc', '--older-than', '1d12h')).stdout).toContain(runId);
    expect((await cli(folder, 'gc', '--older-than', '0')).stdout).toContain(runId);
    const wrong = await cli(folder, 'gc', '--older-than', 'soon');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Expected a time such as 30d, 12h, 1d12h or 0.');
  });

  it('lists everything as JSON lines for programs', async () => {
    const { folder, runId } = await trackedFolder(10);
    const { stdout } = await cli(folder, 'gc', '--json');
    expect(JSON.parse(stdout)).toEqual({ kind: 'run', id: runId, name: 'gone', files: 1, bytes: 1500 });
  });

  it('does not make a database where there is none, and takes no server', async () => {
    const folder = await temporaryFolder();
    const missing = await cli(folder, 'gc', '--tracking-uri', 'runs.db');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/there is no tracking database at .*runs\.db /);
    expect(existsSync(path.join(folder, 'runs.db'))).toBe(false);
    const server = await startCli(folder, ['gc'], { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000' }).ended;
    expect(server.code).toBe(2);
    expect(server.stderr).toContain('http://127.0.0.1:5000 is a server');
  });
});
