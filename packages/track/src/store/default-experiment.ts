import { experimentLocation } from './artifact-location.js';
import { type Store } from './store.js';

const DEFAULT_ID = 0;

/** Creates the experiment 0, which clients expect, unless it exists. */
export async function ensureDefaultExperiment(store: Store): Promise<void> {
  const now = store.now();
  await store.db.write(async (queries) => {
    await queries
      .insertInto('experiments')
      .values({
        experiment_id: DEFAULT_ID,
        name: 'Default',
        artifact_location: experimentLocation(store, DEFAULT_ID),
        lifecycle_stage: 'active',
        creation_time: now,
        last_update_time: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
