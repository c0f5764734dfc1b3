import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { createTrackingServer } from '../../src/server/create-tracking-server.js';
import { setModelAlias } from '../../src/store/model-aliases.js';
import { createModelVersion } from '../../src/store/create-model-version.js';
import { createRegisteredModel } from '../../src/store/registered-models.js';
import { createExperiment } from '../../src/store/experiments.js';
import { createRun } from '../../src/store/create-run.js';
import { logBatch } from '../../src/store/log-batch.js';
import { openStore } from '../../src/store/open-store.js';
import { pythonWith, runClient } from './python-client.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-shared-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a database', () => {
  it("of ours is shown by MLflow's own pages, and is ours as before", { timeout: 600_000 }, async (context) => {
    const python = await pythonWith('3.6.0', context);
    const path = join(folder, 'runs.db');
    const runId = await fill(path);

    const shown = JSON.parse(await runClient(python, 'opens_database.py', { args: [path] }));

    expect(shown.page).toBe(true);
    expect(shown.experiments).toEqual(['Default', 'exams']);
    expect(shown.runs).toHaveLength(1);
    expect(shown.runs[0].info).toMatchObject({ run_id: runId, run_name: 'ridge', status: 'RUNNING' });
    expect(shown.runs[0].data.metrics).toContainEqual({ key: 'rmse', value: 4.25, timestamp: 5, step: 1 });
    expect(shown.runs[0].data.metrics).toContainEqual({ key: 'odd', value: 'NaN', timestamp: 5, step: 0 });
    expect(shown.runs[0].data.params).toEqual([{ key: 'alpha', value: '0.5' }]);
    expect(shown.models).toMatchObject([{ name: 'score', aliases: [{ alias: 'champion', version: '1' }] }]);

    const store = await openStore({ databaseUrl: path, artifactRoot: 'mlflow-artifacts:/' });
    const again = await createRun(store, { experimentId: '1', runName: 'afterwards' });
    expect(again.info.runName).toBe('afterwards');
    await store.close();
  });

  it("of MLflow's is opened and served", async () => {
    const path = join(folder, 'mlflow.db');
    const written = new Sqlite(path);
    written.exec(readFileSync(new URL('../../../../fixtures/golden/mlflow-database.sql', import.meta.url), 'utf8'));
    written.close();
    const store = await openStore({ databaseUrl: path, artifactRoot: 'mlflow-artifacts:/' });
    const app = await createTrackingServer({
      store,
      artifacts: openArtifactStore(join(folder, 'artifacts')),
      logLevel: 'silent',
    });
    const ask = async (url: string, payload?: object) => {
      const headers = { host: 'localhost' };
      const method = payload === undefined ? 'GET' : 'POST';
      const response = await app.inject({
        method,
        url: `/api/2.0/mlflow/${url}`,
        headers,
        ...(payload && { payload }),
      });
      return response.json();
    };

    const { runs } = await ask('runs/search', { experiment_ids: ['1'], order_by: ['attributes.run_name'] });
    expect(runs.map(({ info }: { info: { run_name: string } }) => info.run_name)).toEqual([
      'failed',
      'forest',
      'ridge',
      'tree',
    ]);
    expect(runs[2].data.metrics).toContainEqual(expect.objectContaining({ key: 'high', value: 'Infinity' }));
    expect(runs[2].inputs.dataset_inputs[0].dataset.name).toBe('exams');
    expect(runs[2].outputs.model_outputs).toHaveLength(1);
    const { metrics } = await ask(`metrics/get-history?run_id=${runs[2].info.run_id}&metric_key=loss&max_results=100`);
    expect(metrics.map(({ value }: { value: number }) => value)).toEqual([1, 0.5, 1 / 3, 0.25, 0.2]);
    const { model_version } = await ask('registered-models/alias?name=exam-score&alias=champion');
    expect(model_version).toMatchObject({ version: '1', description: 'the steady one' });
    const { traces } = await ask('traces?experiment_ids=1');
    expect(traces).toMatchObject([{ status: 'OK', execution_time_ms: 42 }]);
    const steps = await app.inject({
      url: `/api/3.0/mlflow/traces/batchGet?trace_ids=${traces[0].request_id}`,
      headers: { host: 'localhost' },
    });
    expect(steps.json().traces[0].spans).toMatchObject([{ name: 'answer', status: { code: 'STATUS_CODE_OK' } }]);
    await app.close();
    await store.close();
  });
});

async function fill(path: string): Promise<string> {
  const store = await openStore({ databaseUrl: path, artifactRoot: 'mlflow-artifacts:/' });
  const experimentId = await createExperiment(store, { name: 'exams' });
  const { info } = await createRun(store, { experimentId, runName: 'ridge', startTime: 5 });
  await logBatch(store, {
    runId: info.runId,
    metrics: [
      { key: 'rmse', value: 4.25, timestamp: 5, step: 1 },
      { key: 'odd', value: Number.NaN, timestamp: 5, step: 0 },
    ],
    params: [{ key: 'alpha', value: '0.5' }],
  });
  await createRegisteredModel(store, { name: 'score' });
  await createModelVersion(store, { name: 'score', source: `runs:/${info.runId}/model`, runId: info.runId });
  await setModelAlias(store, { name: 'score', alias: 'champion', version: '1' });
  await store.close();
  return info.runId;
}
