import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { SqliteConnection } from '../../src/database/sqlite-connection.js';
import { SqliteDatabase } from '../../src/database/sqlite-database.js';
import { createTrackingServer, openArtifactStore } from '../../src/index.js';
import { ensureDefaultExperiment } from '../../src/store/default-experiment.js';

const program = fileURLToPath(new URL('./holding-lock.mjs', import.meta.url));
const PATIENCE_MS = 1500;
let folder = '';
let app: FastifyInstance;
let close: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-failures-'));
  const db = new SqliteDatabase(new SqliteConnection(join(folder, 'runs.db'), 'full', 5000), PATIENCE_MS);
  await migrate(db, Date.now);
  let ids = 0;
  const store = { db, artifactRoot: 'mlflow-artifacts:/', now: Date.now, newId: () => String((ids += 1)) };
  await ensureDefaultExperiment(store);
  const artifacts = openArtifactStore(join(folder, 'artifacts'));
  app = await createTrackingServer({ store, artifacts, logLevel: 'silent' });
  close = async () => {
    await app.close();
    await db.close();
  };
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

const createRun = async (name: string) =>
  app.inject({ method: 'POST', url: '/api/2.0/mlflow/runs/create', payload: { experiment_id: '0', run_name: name } });
const runNames = async (): Promise<string[]> => {
  const payload = { experiment_ids: ['0'] };
  const { runs } = (await app.inject({ method: 'POST', url: '/api/2.0/mlflow/runs/search', payload })).json();
  return runs.map(({ info }: { info: { run_name: string } }) => info.run_name);
};

/** Locks the file against writers from another process, until `release`. */
async function lockFile(): Promise<{ release(): Promise<void> }> {
  const child = spawn(process.execPath, [program, join(folder, 'runs.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async release() {
      const closed = once(child, 'close');
      child.stdin.end();
      await closed;
    },
  };
}

describe('a database file that another process has locked', () => {
  it('is waited for', async () => {
    const lock = await lockFile();
    const created = createRun('patient');
    await lock.release();
    expect((await created).statusCode).toBe(200);
    expect(await runNames()).toEqual(['patient']);
  });

  it('is read meanwhile, refuses writes clearly after a while, and is written again when it is free', async () => {
    await createRun('before');
    const lock = await lockFile();
    const created = createRun('late');
    expect(await runNames()).toEqual(['before']);
    const refused = await created;
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({
      error_code: 'TEMPORARILY_UNAVAILABLE',
      message: expect.stringContaining('another program has locked the database file for too long'),
    });
    await lock.release();
    expect((await createRun('after')).statusCode).toBe(200);
    expect(new Set(await runNames())).toEqual(new Set(['before', 'after']));
  });
});
