import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openArtifactStore, openStore, startTrackingServer } from '../../src/index.js';
import { startPostgres } from '../database/real-postgres.js';
import { expectWhole, startWriters } from './writers.js';

const postgres = await startPostgres();
const reason = 'reason' in postgres ? ` (it cannot run here: ${postgres.reason})` : '';
const DROP_ALL = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'scorecast'";

afterAll(async () => {
  if (!('reason' in postgres)) await postgres.stop();
});

describe.skipIf(reason !== '')(`PostgreSQL that drops its connections under eight writers${reason}`, () => {
  it('costs nothing that was acknowledged, keeps nothing twice, and the server goes on', async () => {
    if ('reason' in postgres) return;
    const folder = await mkdtemp(join(tmpdir(), 'scorecast-failures-'));
    const databaseUrl = await postgres.createDatabase();
    const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/' });
    const artifacts = openArtifactStore(folder);
    const server = await startTrackingServer({ store, artifacts, port: 0, logLevel: 'silent' });
    const writers = await startWriters(server.url);
    for (let drop = 0; drop < 5; drop += 1) {
      await writers.more(20);
      await postgres.administer(DROP_ALL);
      await sleep(20);
    }
    await writers.more(40);
    await writers.stop();
    await expectWhole(store, writers.acknowledged);
    // A connection that breaks during the commit itself is told, since nobody knows what became of that.
    for (const refusal of writers.refusals) expect(refusal).toContain('TEMPORARILY_UNAVAILABLE');
    await server.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
});
