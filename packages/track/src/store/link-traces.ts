import { invalid } from './checks.js';
import { type Store } from './store.js';

/** The most traces that one request links. */
const MAX_TRACES = 100;
const MAX_ID_LENGTH = 36;

/**
 * Says that traces belong to a run that did not record them; searches by `run_id` find them then. Saying it again changes
 * nothing. Neither the traces nor the run have to be there, as with MLflow.
 */
export async function linkTracesToRun(
  store: Store,
  { traceIds, runId }: { readonly traceIds: readonly string[]; readonly runId: string },
): Promise<void> {
  if (traceIds.length > MAX_TRACES) {
    throw invalid(
      `Cannot link more than ${MAX_TRACES} traces to a run in a single request. Provided ${traceIds.length} traces.`,
    );
  }
  const tooLong = [...traceIds, runId].find((id) => id.length > MAX_ID_LENGTH);
  if (tooLong !== undefined) {
    throw invalid(`The id ${JSON.stringify(tooLong)} is longer than ${MAX_ID_LENGTH} characters`);
  }
  const rows = [...new Set(traceIds)].map((traceId) => ({
    association_id: store.newId(),
    source_type: 'trace',
    source_id: traceId,
    destination_type: 'run',
    destination_id: runId,
    created_time: store.now(),
  }));
  if (rows.length === 0) return;
  await store.db.write((queries) =>
    queries
      .insertInto('entity_associations')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}
