import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createExperiment,
  createModelVersion,
  createRegisteredModel,
  createRun,
  getMetricHistory,
  getRun,
  logBatch,
  logMetric,
  openStore,
  searchRuns,
  type OpenStore,
} from '../../src/index.js';
import { verifyAudit, writeAudit } from '../../src/registry/audit.js';

const DAY_MS = 86_400_000;
const NOON = 1_700_000_000_000;
let store: OpenStore;

/** A clock that goes back a day, forth two days, and stands still, look after look. */
function jumping(): () => number {
  const jumps = [0, -DAY_MS, 2 * DAY_MS, 0, -3 * DAY_MS, DAY_MS / 2];
  let looks = 0;
  let time = NOON;
  return () => {
    time += jumps[looks % jumps.length];
    looks += 1;
    return time;
  };
}

beforeEach(async () => {
  store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: '/artifacts', now: jumping() });
});
afterEach(() => store.close());

describe('with a clock that jumps back and forth', () => {
  it('the latest metric is that of the last step, whatever its time', async () => {
    const { runId } = (await createRun(store, {})).info;
    const times = [5, 9, 1, 7, 3].map((days) => NOON + days * DAY_MS);
    for (const [step, timestamp] of times.entries()) {
      await logMetric(store, { runId, metric: { key: 'loss', value: 10 - step, timestamp, step } });
    }
    const { data } = await getRun(store, runId);
    expect(data.metrics).toEqual([{ key: 'loss', value: 6, timestamp: NOON + 3 * DAY_MS, step: 4 }]);
    const { items } = await getMetricHistory(store, { runId, metricKey: 'loss' });
    expect(items.map(({ step }) => step)).toEqual([2, 4, 0, 3, 1]);
  });

  it('ids are unique, and pages of runs show each run once, newest start first', async () => {
    const clock = jumping();
    const created = [];
    for (let index = 0; index < 50; index += 1) {
      created.push((await createRun(store, { startTime: clock() })).info);
    }
    expect(new Set(created.map(({ runId }) => runId)).size).toBe(50);
    const shown = [];
    let pageToken: string | undefined;
    do {
      const page = await searchRuns(store, { experimentIds: ['0'], maxResults: 7, pageToken });
      shown.push(...page.items.map(({ info }) => info));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    const expected = [...created].sort(
      (a, b) => (b.startTime ?? 0) - (a.startTime ?? 0) || (a.runId < b.runId ? -1 : 1),
    );
    expect(shown.map(({ runId }) => runId)).toEqual(expected.map(({ runId }) => runId));
  });

  it('experiments and versions are counted on, and never take the number of another', async () => {
    await createRegisteredModel(store, { name: 'exams' });
    const versions = [];
    const experiments = [];
    for (let index = 0; index < 8; index += 1) {
      experiments.push(await createExperiment(store, { name: `e${index}` }));
      versions.push((await createModelVersion(store, { name: 'exams', source: 's3://lab/model' })).version);
    }
    expect(versions).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(experiments).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('a batch that is sent again changes nothing', async () => {
    const { runId } = (await createRun(store, {})).info;
    const batch = { runId, metrics: [{ key: 'loss', value: 1, timestamp: NOON, step: 0 }] };
    await logBatch(store, batch);
    await logBatch(store, batch);
    expect((await getMetricHistory(store, { runId, metricKey: 'loss' })).items).toHaveLength(1);
  });

  it('the audit log keeps its order, and proves that it is whole', async () => {
    for (const subject of ['exams/1', 'exams/2', 'exams/3', 'exams/4']) {
      await store.db.write((queries) => writeAudit(store, queries, { actor: 'ada', action: 'approve', subject }));
    }
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, entries: 4 });
  });
});
