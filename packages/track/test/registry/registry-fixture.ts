import type { VersionFacts } from '../../src/registry/gates.js';
import { FACT_METRICS } from '../../src/registry/version-facts.js';
import { createRun } from '../../src/store/create-run.js';
import { logBatch } from '../../src/store/log-batch.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

/** A store in memory whose clock goes on by a second per look. */
export async function ruledStore(): Promise<OpenStore> {
  let now = 1_700_000_000_000;
  return openStore({ databaseUrl: 'sqlite://', artifactRoot: '/tmp/none', now: () => (now += 1000) });
}

/** What a good training records. */
export const good: VersionFacts = { cvR2: 0.88, intervalCoverage: 0.9, intervalLevel: 0.9, leakageWarnings: 0 };

/** Registers versions of the model `exams`, one per training. */
export async function seedVersions(store: OpenStore, ...trainings: readonly VersionFacts[]): Promise<void> {
  await store.db.write((queries) => queries.insertInto('registered_models').values(model('exams')).execute());
  for (const [index, facts] of trainings.entries()) {
    const run = await createRun(store, { experimentId: '0' });
    const metrics = Object.entries(FACT_METRICS).flatMap(([fact, key]) => {
      const value: unknown = Reflect.get(facts, fact);
      return typeof value === 'number' ? [{ key, value, timestamp: 1, step: 0 }] : [];
    });
    await logBatch(store, { runId: run.info.runId, metrics, params: [], tags: [] });
    const version = {
      name: 'exams',
      version: index + 1,
      current_stage: 'None',
      run_id: run.info.runId,
      status: 'READY',
    };
    const rest = {
      creation_time: 1,
      last_updated_time: 1,
      description: null,
      user_id: null,
      source: null,
      storage_location: null,
      run_link: null,
      status_message: null,
    };
    await store.db.write((queries) =>
      queries
        .insertInto('model_versions')
        .values({ ...version, ...rest })
        .execute(),
    );
  }
}

function model(name: string) {
  return { name, creation_time: 1, last_updated_time: 1, description: null };
}
