import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtifactStore, openStore, startTrackingServer } from '../../src/index.js';
import { expectWhole, startWriters } from './writers.js';

const reason = whyNoSmallDisk();
let disk = '';
let close = async (): Promise<void> => undefined;

beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'scorecast-failures-'));
  if (reason === '') execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
});
afterEach(async () => {
  await close();
  // Lazily, since the driver lets go of a closed file only when its statements are collected.
  if (reason === '') execFileSync('umount', ['--lazy', disk]);
  await rm(disk, { recursive: true, force: true });
});

describe.skipIf(reason !== '')(`a disk that runs full under eight writers${reason}`, () => {
  it('costs nothing that was acknowledged, is told as such, and is written again when there is space', async () => {
    const store = await openStore({ databaseUrl: join(disk, 'runs.db'), artifactRoot: 'mlflow-artifacts:/' });
    const artifacts = openArtifactStore(join(disk, 'artifacts'));
    const server = await startTrackingServer({ store, artifacts, port: 0, logLevel: 'silent' });
    close = async () => {
      await server.close();
      await store.close();
    };
    const writers = await startWriters(server.url);
    await writers.more(20);
    await fill(join(disk, 'filler'));
    await expect.poll(() => writers.refusals.length, { interval: 10 }).toBeGreaterThan(8);
    await expectWhole(store, writers.acknowledged);

    await rm(join(disk, 'filler'));
    await writers.more(40);
    await writers.stop();
    await expectWhole(store, writers.acknowledged);
    for (const refusal of writers.refusals) {
      expect(JSON.parse(refusal)).toMatchObject({
        error_code: 'TEMPORARILY_UNAVAILABLE',
        message: expect.stringContaining('the disk is full, and nothing of this request was kept'),
      });
    }
  });
});

/** Writes until the disk takes no more. */
async function fill(path: string): Promise<void> {
  for (let size = 1024 * 1024; size >= 4096;) {
    await writeFile(path, Buffer.alloc(size), { flag: 'a' }).catch(() => (size /= 2));
  }
}

function whyNoSmallDisk(): string {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return ' (only root on Linux can mount a small disk)';
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (a small disk cannot be mounted here)';
  }
}
