import type { Store } from '../store/store.js';

const LOCATION_TAG = 'mlflow.artifactLocation';

/** Where the files of an experiment's traces are. */
export async function tracesOf(
  store: Store,
  experimentId: string,
): Promise<readonly { readonly id: string; readonly artifactUri: string }[]> {
  const rows = await store.db.read((queries) =>
    queries
      .selectFrom('trace_info')
      .innerJoin('trace_tags', 'trace_tags.request_id', 'trace_info.request_id')
      .select(['trace_info.request_id', 'trace_tags.value'])
      .where('trace_info.experiment_id', '=', Number(experimentId))
      .where('trace_tags.key', '=', LOCATION_TAG)
      .execute(),
  );
  return rows.map(({ request_id, value }) => ({ id: request_id, artifactUri: value ?? '' }));
}
