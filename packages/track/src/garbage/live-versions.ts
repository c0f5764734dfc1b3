import type { Queries } from '../database/database.js';

/** The runs and logged models that a version of a registered model was made from, and which version that is. */
export interface LiveVersions {
  /** By run id. */
  readonly runs: ReadonlyMap<string, string>;
  /** By model id. */
  readonly models: ReadonlyMap<string, string>;
}

/** Finds what the versions that exist need. Their sources name runs and models by their ids, which no other text looks like. */
export async function liveVersions(queries: Queries): Promise<LiveVersions> {
  const rows = await queries
    .selectFrom('model_versions')
    .select(['name', 'version', 'run_id', 'source', 'storage_location'])
    .where((e) => e.or([e('current_stage', 'is', null), e('current_stage', '!=', 'Deleted_Internal')]))
    .execute();
  const runs = new Map<string, string>();
  const models = new Map<string, string>();
  for (const { name, version, run_id, source, storage_location } of rows) {
    const words = `version ${version} of ${JSON.stringify(name)} was made from it`;
    const places = `${source ?? ''} ${storage_location ?? ''}`;
    for (const [id] of places.matchAll(/(?<![\w-])m-[0-9a-f]{32}(?!\w)/g)) models.set(id, words);
    for (const [id] of places.matchAll(/(?<![\w-])[0-9a-f]{32}(?!\w)/g)) runs.set(id, words);
    if (run_id !== null && run_id !== '') runs.set(run_id, words);
  }
  return { runs, models };
}
