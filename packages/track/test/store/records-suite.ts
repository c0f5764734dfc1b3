import { expect, it } from 'vitest';
import { createRun, getMetricHistory, getRun, logBatch, logMetric, logParam, type Metric } from '../../src/index.js';
import { onEachDatabase, type StoreInTest } from './backends.js';

const invalid = { code: 'INVALID_PARAMETER_VALUE', status: 400 };
const measured = (key: string, value: number, step = 0, timestamp = 1): Metric => ({ key, value, timestamp, step });

async function newRun({ store }: StoreInTest): Promise<string> {
  return (await createRun(store, { runName: 'r' })).info.runId;
}

onEachDatabase('params', (open) => {
  it('are written once: the same value again is fine, another is refused', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await logParam(store, { runId, key: 'depth', value: '3' });
    await logParam(store, { runId, key: 'depth', value: '3' });
    await expect(logParam(store, { runId, key: 'depth', value: '5' })).rejects.toMatchObject({
      ...invalid,
      message:
        "Changing param values is not allowed. Param with key='depth' was already logged with value='3' " +
        `for run ID='${runId}'. Attempted logging new value '5'.`,
    });
    expect((await getRun(store, runId)).data.params).toEqual([{ key: 'depth', value: '3' }]);
  });

  it('are cut to 6000 characters', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await logParam(store, { runId, key: 'a', value: 'x'.repeat(6001) });
    expect((await getRun(store, runId)).data.params[0].value).toHaveLength(6000);
  });

  it('keep every value that differs between two runs', async () => {
    const { store } = open();
    const [one, two] = [await newRun(open()), await newRun(open())];
    await Promise.all([
      logParam(store, { runId: one, key: 'a', value: '1' }),
      logParam(store, { runId: two, key: 'a', value: '2' }),
    ]);
    expect((await getRun(store, two)).data.params).toEqual([{ key: 'a', value: '2' }]);
  });

  it('that race to be the first leave one winner, and tell the others', async () => {
    const { store } = open();
    const runId = await newRun(open());
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, value) => logParam(store, { runId, key: 'a', value: String(value) })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

onEachDatabase('metrics', (open) => {
  it('keep their history, and the latest by step, timestamp and value', async () => {
    const { store } = open();
    const runId = await newRun(open());
    for (const metric of [
      measured('m', 1, 2, 5),
      measured('m', 2, 2, 7),
      measured('m', 9, 1, 9),
      measured('m', 0, 2, 7),
    ]) {
      await logMetric(store, { runId, metric });
    }
    expect((await getRun(store, runId)).data.metrics).toEqual([measured('m', 2, 2, 7)]);
    const { items } = await getMetricHistory(store, { runId, metricKey: 'm' });
    expect(items.map(({ value }) => value)).toEqual([1, 0, 2, 9]);
  });

  it('swallow the very same measurement', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await logMetric(store, { runId, metric: measured('m', 1) });
    await logMetric(store, { runId, metric: measured('m', 1) });
    expect((await getMetricHistory(store, { runId, metricKey: 'm' })).items).toHaveLength(1);
  });

  it('may be NaN or infinite, negative in step, and any double', async () => {
    const { store } = open();
    const runId = await newRun(open());
    const values = [NaN, Infinity, -Infinity, -0.1, 1e-300, 0.1 + 0.2, 2 ** 53 + 2, 5e-324];
    for (const [index, value] of values.entries()) {
      await logMetric(store, { runId, metric: measured(`m${index}`, value, -3) });
    }
    const byKey = new Map((await getRun(store, runId)).data.metrics.map(({ key, value }) => [key, value]));
    expect(values.map((_, index) => byKey.get(`m${index}`))).toEqual(values);
  });

  it('refuse what is no measurement, and say where it stands', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await expect(logMetric(store, { runId, metric: measured('a?', 1) })).rejects.toMatchObject(invalid);
    await expect(logMetric(store, { runId, metric: measured('a', 1, 0, -1) })).rejects.toMatchObject({
      ...invalid,
      message:
        "Invalid value -1 for parameter 'timestamp' supplied: metric 'a' (value=1). Timestamp must be a nonnegative long (64-bit integer) ",
    });
    await expect(logMetric(store, { runId, metric: measured('a', 1, 0.5) })).rejects.toMatchObject(invalid);
    await expect(
      logBatch(store, { runId, metrics: [measured('a', 1), measured('b', 1, 0, -1)] }),
    ).rejects.toMatchObject({ message: expect.stringContaining("'metrics[1].timestamp'") });
  });
});

onEachDatabase('batches', (open) => {
  it('are kept as a whole', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await logBatch(store, {
      runId,
      metrics: [measured('m', 1, 1), measured('m', 2, 2), measured('n', 3)],
      params: [{ key: 'p', value: '1' }],
      tags: [
        { key: 't', value: 'a' },
        { key: 't', value: 'b' },
        { key: 'mlflow.runName', value: 'renamed' },
      ],
    });
    const { info, data } = await getRun(store, runId);
    expect(info.runName).toBe('renamed');
    expect([...data.metrics].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([measured('m', 2, 2), measured('n', 3)]);
    expect(data.params).toEqual([{ key: 'p', value: '1' }]);
    expect(data.tags).toContainEqual({ key: 't', value: 'b' });
  });

  it('leave nothing when a param would change', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await logParam(store, { runId, key: 'p', value: '1' });
    await expect(
      logBatch(store, {
        runId,
        metrics: [measured('m', 1)],
        params: [
          { key: 'new', value: '1' },
          { key: 'p', value: '2' },
        ],
        tags: [{ key: 't', value: 'a' }],
      }),
    ).rejects.toMatchObject({
      ...invalid,
      message:
        "Changing param values is not allowed. Params were already logged='[{'key': 'p', 'old_value': '1', 'new_value': '2'}]' " +
        `for run ID='${runId}'.`,
    });
    const { data } = await getRun(store, runId);
    expect(data).toMatchObject({ metrics: [], params: [{ key: 'p', value: '1' }] });
    expect(data.tags.map(({ key }) => key)).toEqual(['mlflow.runName']);
  });

  it('sent twice are recorded once', async () => {
    const { store } = open();
    const runId = await newRun(open());
    const batch = {
      runId,
      metrics: Array.from({ length: 700 }, (_, step) => measured(`m${step % 3}`, step / 7, step)),
      params: Array.from({ length: 100 }, (_, index) => ({ key: `p${index}`, value: 'x' })),
      tags: Array.from({ length: 100 }, (_, index) => ({ key: `t${index}`, value: 'y' })),
    };
    await logBatch(store, batch);
    const once = await getRun(store, runId);
    await logBatch(store, batch);
    expect(await getRun(store, runId)).toEqual(once);
    expect(once.data.params).toHaveLength(100);
    expect((await getMetricHistory(store, { runId, metricKey: 'm0' })).items).toHaveLength(234);
  });

  it('hold at most 1000 metrics, 100 params, 100 tags and 1000 of all', async () => {
    const { store } = open();
    const runId = await newRun(open());
    const metrics = Array.from({ length: 1001 }, (_, step) => measured('m', 1, step));
    const texts = Array.from({ length: 101 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(logBatch(store, { runId, metrics })).rejects.toMatchObject({
      message:
        'A batch logging request can contain at most 1000 metrics. Got 1001 metrics. ' +
        'Please split up metrics across multiple requests and try again.',
    });
    await expect(logBatch(store, { runId, params: texts })).rejects.toMatchObject(invalid);
    await expect(logBatch(store, { runId, tags: texts })).rejects.toMatchObject(invalid);
    await expect(
      logBatch(store, { runId, metrics: metrics.slice(1), params: texts.slice(0, 1) }),
    ).rejects.toMatchObject({ message: expect.stringContaining('at most 1000 metrics, params, and tags. Got 1001') });
    await expect(logBatch(store, { runId, params: [texts[0], texts[0], texts[1]] })).rejects.toMatchObject({
      message: expect.stringContaining("Duplicate parameter keys have been submitted: ['k0']"),
    });
    await expect(logBatch(store, { runId: '../x' })).rejects.toMatchObject(invalid);
  });

  it('of many writers at once are all there', async () => {
    const { store } = open();
    const runId = await newRun(open());
    await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        logBatch(store, {
          runId,
          metrics: Array.from({ length: 50 }, (_, step) => measured(`m${step % 5}`, writer, step * 8 + writer)),
          tags: [
            { key: 'b', value: String(writer) },
            { key: 'a', value: String(writer) },
          ],
        }),
      ),
    );
    const { data } = await getRun(store, runId);
    expect(data.metrics.map(({ step }) => step).sort()).toEqual([367, 375, 383, 391, 399].sort());
    const histories = await Promise.all(
      data.metrics.map(({ key }) => getMetricHistory(store, { runId, metricKey: key })),
    );
    expect(histories.map(({ items }) => items.length)).toEqual([80, 80, 80, 80, 80]);
  });
});
