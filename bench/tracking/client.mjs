// The client of the tracking bench, a process of its own: client.mjs URL WORK COUNT. The same requests to either server,
// over connections that are kept. Prints JSON: `{ perSecond, p50, p99, found }`, times in milliseconds; `found` says
// what was answered, so that it can be compared.

import { openConnections } from './connection.mjs';
import { EXPERIMENT, LONG_RUN, POINTS } from './seed.mjs';

const [, , url, work, count] = process.argv;
const connections = openConnections(url);
const WRITTEN_EXPERIMENT = '2';

/** Requests before those that are measured, at most, and never more than a third of them. */
const WARM_UP = 200;

/** What is measured: how many clients work at once, and what each request is. */
const works = {
  'create run': { clients: 1, prepare: () => createRun },
  'log-metric, 1 client': { clients: 1, prepare: logMetric },
  'log-metric, 8 clients': { clients: 8, prepare: logMetric },
  'log-batch of 1000 metrics': { clients: 1, prepare: logBatch },
  'search, 1000 runs': { clients: 1, prepare: () => () => search({ max_results: 1000 }) },
  'filter: metric, param and tag, 100 runs': {
    clients: 1,
    prepare: () => () =>
      search({ filter: "metrics.m3 < 0.5 and params.depth = '2' and tags.team = 'blue'", max_results: 100 }),
  },
  'order_by metric DESC, 100 runs': {
    clients: 1,
    prepare: () => () => search({ order_by: ['metrics.m5 DESC'], max_results: 100 }),
  },
  'history of 25 000 points': { clients: 1, prepare: () => history },
};

const { clients, prepare } = works[work];
const requests = await Promise.all(Array.from({ length: clients }, prepare));
const each = Math.ceil(Number(count) / clients);
// What is compiled, cached or connected at the first requests is not measured.
for (let i = 0; i < Math.min(WARM_UP, each / 3); i++) await Promise.all(requests.map((send) => send()));

const timesMs = [];
let found;
const startedAt = performance.now();
await Promise.all(
  requests.map(async (send) => {
    for (let i = 0; i < each; i++) {
      const sentAt = performance.now();
      found = await send();
      timesMs.push(performance.now() - sentAt);
    }
  }),
);
const seconds = (performance.now() - startedAt) / 1000;
timesMs.sort((a, b) => a - b);
const quantile = (q) => timesMs[Math.min(timesMs.length - 1, Math.floor(q * timesMs.length))];
const result = { perSecond: timesMs.length / seconds, p50: quantile(0.5), p99: quantile(0.99), found };
process.stdout.write(JSON.stringify(result));
connections.close();

async function createRun() {
  const tags = [{ key: 'mlflow.user', value: 'bench' }];
  const { run } = await send('POST', 'runs/create', {
    experiment_id: WRITTEN_EXPERIMENT,
    start_time: Date.now(),
    tags,
  });
  return run.info.run_id;
}

async function logMetric() {
  const runId = await createRun();
  let step = 0;
  return async () => {
    step += 1;
    await send('POST', 'runs/log-metric', { run_id: runId, key: 'loss', value: 1 / step, timestamp: Date.now(), step });
  };
}

async function logBatch() {
  const runId = await createRun();
  let batch = 0;
  return async () => {
    batch += 1;
    const timestamp = Date.now();
    const metrics = Array.from({ length: 1000 }, (_, i) => ({
      key: `m${i % 10}`,
      value: i / 7,
      timestamp,
      step: batch * 100 + Math.floor(i / 10),
    }));
    await send('POST', 'runs/log-batch', { run_id: runId, metrics });
  };
}

async function search(query) {
  const { runs } = await send('POST', 'runs/search', { experiment_ids: [EXPERIMENT], ...query });
  const [{ info, data }] = runs;
  return [runs.length, info.run_id, data.metrics.length, data.params.length, data.tags.length];
}

async function history() {
  const query = new URLSearchParams({ run_id: LONG_RUN, metric_key: 'loss', max_results: String(POINTS) });
  const { metrics } = await send('GET', `metrics/get-history?${query}`);
  return [metrics.length, metrics.at(-1).step];
}

/** One request with a JSON body; its answer, parsed. */
async function send(method, path, body) {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const { status, text } = await connections.ask(method, `/api/2.0/mlflow/${path}`, json);
  if (status !== 200) throw new Error(`${method} ${path} was answered with ${status}: ${text}`);
  return JSON.parse(text);
}
