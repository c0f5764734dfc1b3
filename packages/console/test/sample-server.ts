import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createExperiment,
  createRun,
  logBatch,
  logInputs,
  openArtifactStore,
  openStore,
  startTrackingServer,
  updateRun,
  type OpenStore,
  type TrackingListenOptions,
} from '@scorecast/track';
import { consoleDirectory } from '../src/index.js';

/** A tracking server with the console, over a store in a folder of its own. */
export interface SampleServer {
  readonly url: string;
  readonly store: OpenStore;
  close(): Promise<void>;
}

/** What a run of the samples is to be like. */
interface SampleRun {
  readonly name: string;
  readonly estimator: string;
  readonly r2: number;
  readonly status?: 'FINISHED' | 'FAILED' | 'RUNNING';
  /** How many steps of a loss it has. */
  readonly steps?: number;
}

const START = Date.UTC(2026, 10, 20, 9, 0, 0);
const MINUTE = 60_000;

/** Starts a server on a free port. */
export async function startSampleServer(
  options: (store: OpenStore) => Partial<TrackingListenOptions> = () => ({}),
): Promise<SampleServer> {
  const folder = await mkdtemp(join(tmpdir(), 'scorecast-console-'));
  const store = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: 'mlflow-artifacts:/' });
  const artifacts = openArtifactStore(join(folder, 'artifacts'));
  const server = await startTrackingServer({
    store,
    artifacts,
    console: consoleDirectory,
    port: 0,
    logLevel: 'silent',
    ...options(store),
  });
  return {
    url: server.url,
    store,
    close: async () => {
      await server.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A school's experiments: five trainings, a model of two versions, one that no gate lets through, and files. */
export async function addSamples({ store, url }: SampleServer): Promise<readonly string[]> {
  const experimentId = await createExperiment(store, { name: 'exams' });
  await createExperiment(store, { name: 'study habits' });
  const wanted: readonly SampleRun[] = [
    { name: 'baseline', estimator: 'mean', r2: -0.002 },
    { name: 'ridge with products', estimator: 'ridge', r2: 0.871, steps: 5 },
    { name: 'boosted trees', estimator: 'hist-gradient-boosting', r2: 0.884, steps: 60 },
    { name: 'deep forest', estimator: 'random-forest', r2: Number.NaN, status: 'FAILED' },
    { name: 'network, long', estimator: 'neural-network', r2: 0.862, steps: 25, status: 'RUNNING' },
  ];
  const ids: string[] = [];
  for (const [index, run] of wanted.entries()) ids.push(await addRun(store, experimentId, run, index));
  const description = 'Predicts the math score of a student.';
  await post(url, 'mlflow/registered-models/create', { name: 'exams', description });
  for (const run_id of [ids[1], ids[2]]) {
    const source = `mlflow-artifacts:/${experimentId}/${run_id}/artifacts/model`;
    await post(url, 'mlflow/model-versions/create', { name: 'exams', source, run_id });
  }
  await post(url, 'mlflow/registered-models/create', { name: 'unready' });
  const source = `mlflow-artifacts:/${experimentId}/${ids[0]}/artifacts/model`;
  await post(url, 'mlflow/model-versions/create', { name: 'unready', source, run_id: ids[0] });
  await addFiles(url, experimentId, ids[2]);
  return ids;
}

/** Adds one run with params, metrics, a data set and, where wanted, histories. */
async function addRun(store: OpenStore, experimentId: string, run: SampleRun, index: number): Promise<string> {
  const startTime = START + index * 7 * MINUTE;
  const { status = 'FINISHED', steps = 0 } = run;
  const { info } = await createRun(store, { experimentId, userId: 'maria', runName: run.name, startTime });
  const { runId } = info;
  const metric = (key: string, value: number, step = 0) => ({ key, value, step, timestamp: startTime + step * 1000 });
  await logBatch(store, {
    runId,
    params: [
      { key: 'estimator', value: run.estimator },
      { key: 'seed', value: '42' },
      { key: 'folds', value: '5' },
      { key: 'scaling', value: index % 2 === 0 ? 'standard' : 'min-max' },
    ],
    metrics: [
      metric('cv_r2', run.r2),
      metric('test_r2', run.r2 - 0.013),
      metric('cv_mae', 6 - 2 * (Number.isNaN(run.r2) ? 0 : run.r2)),
      metric('interval_coverage', 0.905),
      metric('interval_level', 0.9),
      metric('leakage_warnings', 0),
      ...Array.from({ length: steps }, (_, step) => metric('val_loss', 30 / (step + 1 + index) + Math.sin(step), step)),
    ],
    tags: [
      { key: 'mlflow.source.git.commit', value: '4f0c1f2be5a64e0f8ab0a9f2f54dd2bb21f0c1aa' },
      { key: 'team', value: 'registrar' },
    ],
  });
  const dataset = {
    name: 'exams.csv',
    digest: '9f86d081',
    sourceType: 'local',
    source: '{"path":"exams.csv"}',
    schema: null,
    profile: null,
  };
  await logInputs(store, {
    runId,
    datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] }],
    models: [],
  });
  if (status !== 'RUNNING') await updateRun(store, { runId, status, endTime: startTime + (index + 1) * 41_000 });
  return runId;
}

/** Many runs in one experiment, for lists that must stay quick. */
export async function addManyRuns(store: OpenStore, count: number): Promise<void> {
  const AT_ONCE = 500;
  const experimentId = await createExperiment(store, { name: 'many' });
  const add = async (index: number) => {
    const startTime = START + index * MINUTE;
    const { info } = await createRun(store, { experimentId, userId: 'maria', runName: `run-${index}`, startTime });
    const keys = ['cv_r2', 'test_r2', 'cv_mae', 'test_mae', 'interval_coverage'];
    const metrics = keys.map((key, place) => {
      return { key, value: ((index * 7919 + place * 31) % 10_007) / 10_007, step: 0, timestamp: startTime };
    });
    const params = [
      { key: 'estimator', value: `kind-${index % 7}` },
      { key: 'seed', value: String(index) },
    ];
    await logBatch(store, { runId: info.runId, metrics, params });
  };
  for (let start = 0; start < count; start += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, index) => add(start + index)));
  }
}

/** Asks the API to do something as a page or program does. */
async function post(url: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/2.0/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

async function addFiles(url: string, experimentId: string, runId: string): Promise<void> {
  const files: readonly (readonly [string, BlobPart])[] = [
    [
      'leaderboard.json',
      JSON.stringify([
        { estimator: 'ridge', r2: 0.871 },
        { estimator: 'lasso', r2: 0.868 },
      ]),
    ],
    ['notes.txt', 'Trained on fictional records.\nNothing here describes a person.\n'],
    ['model/bundle.json', '{"format":1}'],
    ['charts/residuals.png', Buffer.from(PIXEL, 'base64')],
    ['model.bin', new Uint8Array(4096)],
  ];
  for (const [path, body] of files) {
    const address = `${url}/api/2.0/mlflow-artifacts/artifacts/${experimentId}/${runId}/artifacts/${path}`;
    const { ok, status } = await fetch(address, { method: 'PUT', body: new Blob([body]) });
    if (!ok) throw new Error(`the file ${path} was refused with status ${status}`);
  }
}
