import { expect, it } from 'vitest';
import {
  createRun,
  getMetricHistory,
  getMetricHistoryBulk,
  getMetricHistoryBulkInterval,
  logBatch,
} from '../../src/index.js';
import { onEachDatabase, type StoreInTest } from './backends.js';

async function measuredRun({ store }: StoreInTest, steps: readonly number[]): Promise<string> {
  const { runId } = (await createRun(store, {})).info;
  for (let from = 0; from < steps.length; from += 1000) {
    const metrics = steps
      .slice(from, from + 1000)
      .map((step) => ({ key: 'm', value: step / 2, timestamp: 10 + step, step }));
    await logBatch(store, { runId, metrics });
  }
  return runId;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

onEachDatabase('histories', (open) => {
  it('come in pages that make up the whole', async () => {
    const { store } = open();
    const runId = await measuredRun(open(), range(0, 25));
    const whole = (await getMetricHistory(store, { runId, metricKey: 'm' })).items;
    expect(whole.map(({ step }) => step)).toEqual(range(0, 25));
    const pages = [];
    let pageToken: string | undefined;
    do {
      const page = await getMetricHistory(store, { runId, metricKey: 'm', maxResults: 10, pageToken });
      pages.push(page.items);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(whole);
  });

  it("can be read from an offset, as MLflow's tokens say", async () => {
    const { store } = open();
    const runId = await measuredRun(open(), range(0, 5));
    const pageToken = Buffer.from('{"offset": 3}').toString('base64');
    const { items } = await getMetricHistory(store, { runId, metricKey: 'm', maxResults: 10, pageToken });
    expect(items.map(({ step }) => step)).toEqual([3, 4]);
  });

  it('of a run or key that does not exist are empty', async () => {
    const { store } = open();
    expect(await getMetricHistory(store, { runId: 'nope', metricKey: 'm' })).toEqual({ items: [] });
  });

  it('of several runs come by run and time', async () => {
    const { store } = open();
    const ids = [await measuredRun(open(), [1, 0]), await measuredRun(open(), [5])].sort();
    const metrics = await getMetricHistoryBulk(store, { runIds: ids, metricKey: 'm' });
    expect(metrics.map(({ runId }) => runId)).toEqual([...metrics.map(({ runId }) => runId)].sort());
    expect(metrics).toHaveLength(3);
    expect(await getMetricHistoryBulk(store, { runIds: ids, metricKey: 'm', maxResults: 2 })).toHaveLength(2);
    await expect(getMetricHistoryBulk(store, { runIds: [], metricKey: 'm' })).rejects.toMatchObject({
      message: 'GetMetricHistoryBulk request must specify at least one run_id.',
    });
    await expect(
      getMetricHistoryBulk(store, { runIds: Array.from({ length: 101 }, String), metricKey: 'm' }),
    ).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  it('are sampled for charts, with the first and last step of each run', async () => {
    const { store } = open();
    const long = await measuredRun(open(), range(0, 1000));
    const short = await measuredRun(open(), [333, 334]);
    const metrics = await getMetricHistoryBulkInterval(store, {
      runIds: [long, short],
      metricKey: 'm',
      maxResults: 10,
    });
    const stepsOf = (id: string): number[] => metrics.filter(({ runId }) => runId === id).map(({ step }) => step);
    expect(stepsOf(long)).toEqual([0, 100, 200, 300, 333, 334, 400, 500, 600, 700, 800, 900, 999]);
    expect(stepsOf(short)).toEqual([333, 334]);
  });

  it('are sampled from a part of the steps', async () => {
    const { store } = open();
    const runId = await measuredRun(open(), range(0, 100));
    const part = { runIds: [runId], metricKey: 'm', startStep: 10, endStep: 20 };
    const metrics = await getMetricHistoryBulkInterval(store, part);
    expect(metrics.map(({ step }) => step)).toEqual(range(10, 21));
    await expect(getMetricHistoryBulkInterval(store, { ...part, endStep: undefined })).rejects.toMatchObject({
      message: 'If either start step or end step are specified, both must be specified.',
    });
    await expect(getMetricHistoryBulkInterval(store, { ...part, endStep: 5 })).rejects.toMatchObject({
      message: 'end_step must be greater than start_step. Found start_step=10 and end_step=5.',
    });
    await expect(getMetricHistoryBulkInterval(store, { ...part, maxResults: 2501 })).rejects.toMatchObject({
      message: 'max_results must be between 1 and 2500.',
    });
  });
});
