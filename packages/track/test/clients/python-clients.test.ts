import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { startTrackingServer } from '../../src/server/start-tracking-server.js';
import { openStore } from '../../src/store/open-store.js';
import { pythonWith, runClient } from './python-client.js';

const STEPS = [
  'sets an experiment, twice',
  'records params, metrics, tags, texts, dicts, figures, tables and data',
  'reads back what was recorded',
  'lists, reads and downloads files',
  'sends and reads a file of 20 MB',
  'records a batch of a thousand metrics',
  'nests runs',
  'searches runs by filter and order',
  'hears of refusals as exceptions',
  'deletes and restores runs and experiments',
  'logs and registers a scikit-learn model',
  'logs and registers an ONNX model as the next version',
  'loads the model by the URI of its run',
  'sets, moves and deletes aliases',
  'loads models by alias and version, and predicts',
  'describes, tags and searches models and versions',
  'moves versions through the stages of old',
  'renames and deletes models and versions',
  'finds logged models by name and metric (clients since 3.0)',
  'records a traced call, and finds it',
  'records a traced call that fails',
  'deletes traces',
];

describe('the Python client of MLflow', () => {
  for (const version of ['2.22.2', '3.6.0'] as const) {
    it(`${version} does everything that a data scientist does`, { timeout: 600_000 }, async (context) => {
      const python = await pythonWith(version, context);
      const folder = await mkdtemp(join(tmpdir(), 'scorecast-clients-'));
      const store = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: 'mlflow-artifacts:/' });
      const artifacts = openArtifactStore(join(folder, 'artifacts'));
      const server = await startTrackingServer({ store, artifacts, port: 0, logLevel: 'silent' });
      try {
        const output = await runClient(python, 'everything.py', { env: { MLFLOW_TRACKING_URI: server.url } });
        const lines = output.split('\n').filter((line) => /^(?:client|ok) /u.test(line));
        expect(lines).toEqual([`client ${version}`, ...STEPS.map((step) => `ok ${step}`)]);
      } finally {
        await server.close();
        await store.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});
