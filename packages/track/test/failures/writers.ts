import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { getMetricHistory, searchRuns, type Store } from '../../src/index.js';

const WRITERS = 8;
const PAUSE_MS = 30;

/** Clients that write to a server until they are stopped. */
export interface Writers {
  /** The last batch of each run that the server acknowledged; batches are numbered from 0. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** What the server answered that was no acknowledgement, in its order. */
  readonly refusals: readonly string[];
  /** Resolves when so many more batches were acknowledged. */
  more(batches: number): Promise<void>;
  /** Lets each writer finish its batch. */
  stop(): Promise<void>;
}

/** Starts eight clients. Each makes a run and logs batches to it, and sends a batch again until it is acknowledged. */
export async function startWriters(url: string): Promise<Writers> {
  const acknowledged = new Map<string, number>();
  const refusals: string[] = [];
  let count = 0;
  const stopping = new AbortController();
  const post = async (verb: string, body: object): Promise<{ run: { info: { run_id: string } } }> => {
    for (;;) {
      const response = await fetch(`${url}/api/2.0/mlflow/runs/${verb}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      if (response?.status === 200) return response.json();
      if (response !== undefined) refusals.push(await response.text());
      await sleep(PAUSE_MS);
    }
  };
  const write = async (runId: string): Promise<void> => {
    for (let batch = 0; !stopping.signal.aborted; batch += 1) {
      const metrics = ['m0', 'm1'].map((key) => ({ key, value: batch, timestamp: 1, step: batch }));
      const params = [{ key: `p${batch}`, value: 'x'.repeat(100) }];
      await post('log-batch', { run_id: runId, metrics, params, tags: [{ key: 'last', value: String(batch) }] });
      acknowledged.set(runId, batch);
      count += 1;
    }
  };
  const runs = await Promise.all(
    Array.from({ length: WRITERS }, async () => (await post('create', { experiment_id: '0' })).run.info.run_id),
  );
  const writing = Promise.all(runs.map(write));
  return {
    acknowledged,
    refusals,
    async more(batches) {
      const goal = count + batches;
      await expect.poll(() => count, { timeout: 20_000, interval: 10 }).toBeGreaterThanOrEqual(goal);
    },
    async stop() {
      stopping.abort();
      await writing;
    },
  };
}

/** Every batch that was acknowledged is there, and every batch that is there is there in whole, once. */
export async function expectWhole(store: Store, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const { items } = await searchRuns(store, { experimentIds: ['0'] });
  const lastOf = new Map(
    items.map(({ info, data }) => [info.runId, Number(data.tags.find(({ key }) => key === 'last')?.value ?? -1)]),
  );
  for (const [runId, batch] of acknowledged) expect(lastOf.get(runId)).toBeGreaterThanOrEqual(batch);
  for (const { info, data } of items) {
    const batches = Array.from({ length: (lastOf.get(info.runId) ?? -1) + 1 }, (_, batch) => batch);
    expect(new Set(data.params.map(({ key }) => key))).toEqual(new Set(batches.map((batch) => `p${batch}`)));
    for (const metricKey of ['m0', 'm1']) {
      const history = await getMetricHistory(store, { runId: info.runId, metricKey });
      expect(history.items.map(({ step }) => step)).toEqual(batches);
    }
  }
}
