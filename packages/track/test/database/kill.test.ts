import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getMetricHistory, openStore, searchRuns } from '../../src/index.js';

const program = fileURLToPath(new URL('./killed-writers.mjs', import.meta.url));
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-kill-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the writers until so many batches were acknowledged, kills them, and answers the last one of each run. */
async function writeUntilKilled(databaseUrl: string, batches: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [program, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged = new Map<string, number>();
  let count = 0;
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [runId, step] = line.split(' ');
      acknowledged.set(runId, Number(step));
      count += 1;
    }
    if (count >= batches) child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

it('a server that is killed loses nothing that it acknowledged, and keeps no half of a batch', async () => {
  const databaseUrl = join(folder, 'runs.db');
  for (const batches of [40, 200, 400]) {
    const acknowledged = await writeUntilKilled(databaseUrl, batches);
    const store = await openStore({ databaseUrl, artifactRoot: '/artifacts' });
    const { items } = await searchRuns(store, { experimentIds: ['0'] });
    for (const { info, data } of items) {
      const last = Number(data.tags.find(({ key }) => key === 'last')?.value ?? -1);
      expect(last).toBeGreaterThanOrEqual(acknowledged.get(info.runId) ?? -1);
      expect(data.params).toHaveLength(last + 1);
      for (const metricKey of ['m0', 'm1', 'm2']) {
        const { items: history } = await getMetricHistory(store, { runId: info.runId, metricKey });
        expect(history.map(({ step }) => step)).toEqual(Array.from({ length: last + 1 }, (_, step) => step));
      }
    }
    expect(items.filter(({ info }) => acknowledged.has(info.runId))).toHaveLength(acknowledged.size);
    await store.close();
  }
});
