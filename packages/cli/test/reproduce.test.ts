import { appendFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';
import { listed, trackedIn, valuesOf } from './tracked.js';

/** A folder with one recorded training. */
async function trained(settings: object = {}) {
  const folder = await examsProject(settings);
  await cli(folder, 'train', '--seed', '7');
  const client = await trackedIn(folder);
  const [run] = await listed(client.runs.search());
  return { folder, client, runId: run.info.runId, bundleVersion: valuesOf(run.data.tags)['scorecast.bundle_version'] };
}

describe('scorecast reproduce', () => {
  it('trains a run again and proves the same bytes, by the id of the run or the version of the bundle', async () => {
    const { folder, runId, bundleVersion } = await trained();
    for (const named of [runId, runId.slice(0, 8), bundleVersion]) {
      const { code, stderr } = await cli(folder, 'reproduce', named);
      expect(stderr).toMatch(
        new RegExp(`reproduced: run ${runId} gives the bundle ${bundleVersion} again, SHA-256 [0-9a-f]{64}`),
      );
      expect(code).toBe(0);
    }
  });

  it('takes the data from where it is now', async () => {
    const { folder, runId } = await trained();
    await rename(path.join(folder, 'exams.csv'), path.join(folder, 'moved.csv'));
    const { code, stderr } = await cli(folder, 'reproduce', runId);
    expect([code, stderr]).toEqual([2, expect.stringContaining('name where it is now with --data')]);
    expect((await cli(folder, 'reproduce', runId, '--data', 'moved.csv')).code).toBe(0);
  });

  it('refuses other data', async () => {
    const { folder, runId } = await trained();
    await appendFile(path.join(folder, 'exams.csv'), '\n');
    const { code, stderr } = await cli(folder, 'reproduce', runId);
    expect([code, stderr]).toEqual([3, expect.stringContaining('is not the data that the run was trained on')]);
  });

  it('says what differs where other bytes come out', async () => {
    const { folder, client, runId } = await trained();
    const job = new TextDecoder().decode(await client.runs.readFile(runId, 'job.json'));
    const run = await client.runs.resume(runId);
    await run.logArtifact(
      'job.json',
      job.replace('"scorecast": "0.1.0"', '"scorecast": "0.0.9"').replace('"seed": 7', '"seed": 8'),
    );
    const { code, stderr } = await cli(folder, 'reproduce', runId);
    expect(code).toBe(1);
    expect(stderr).toContain('it was trained by Scorecast 0.0.9, and this is 0.1.0');
    expect(stderr).toContain('differences');
  });

  it('says which run it cannot train again', async () => {
    const { folder, client } = await trained();
    const { info } = await client.runs.start();
    const { code, stderr } = await cli(folder, 'reproduce', info.runId);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`run ${info.runId} has no job.json`)]);
  });
});
