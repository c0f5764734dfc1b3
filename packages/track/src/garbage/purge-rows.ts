import { among } from '../database/among.js';
import type { Dialect, Queries } from '../database/database.js';
import { removeMarks } from './purge-marks.js';

/** Removes the rows of runs and of all that they recorded. */
export async function purgeRuns(queries: Queries, dialect: Dialect, ids: readonly string[]): Promise<void> {
  await removeLinks(queries, dialect, ['RUN'], ['RUN_INPUT', 'RUN_OUTPUT'], ids);
  await queries
    .deleteFrom('logged_model_metrics')
    .where(among(dialect, 'run_id', ids))
    .execute();
  for (const table of ['latest_metrics', 'metrics', 'params', 'tags', 'runs'] as const) {
    await queries
      .deleteFrom(table)
      .where(among(dialect, 'run_uuid', ids))
      .execute();
  }
  await removeMarks(queries, dialect, 'run', ids);
}

/** Removes the rows of logged models. */
export async function purgeModels(queries: Queries, dialect: Dialect, ids: readonly string[]): Promise<void> {
  await removeLinks(queries, dialect, ['MODEL_INPUT', 'MODEL_OUTPUT'], [], ids);
  for (const table of ['logged_model_metrics', 'logged_model_params', 'logged_model_tags', 'logged_models'] as const) {
    await queries
      .deleteFrom(table)
      .where(among(dialect, 'model_id', ids))
      .execute();
  }
  await removeMarks(queries, dialect, 'logged-model', ids);
}

/** Removes the rows of an experiment whose runs and models are gone, and of its traces. */
export async function purgeExperiment(queries: Queries, dialect: Dialect, id: string): Promise<void> {
  const experiment = Number(id);
  const traces = queries.selectFrom('trace_info').select('request_id').where('experiment_id', '=', experiment);
  await queries.deleteFrom('spans').where('experiment_id', '=', experiment).execute();
  await queries.deleteFrom('trace_tags').where('request_id', 'in', traces).execute();
  await queries.deleteFrom('trace_request_metadata').where('request_id', 'in', traces).execute();
  for (const table of ['trace_info', 'datasets', 'experiment_tags', 'experiments'] as const) {
    await queries.deleteFrom(table).where('experiment_id', '=', experiment).execute();
  }
  await removeMarks(queries, dialect, 'experiment', [id]);
}

/** Removes the edges that lead to or from something, and their tags. */
async function removeLinks(
  queries: Queries,
  dialect: Dialect,
  destinations: readonly string[],
  sources: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const links = [
    ...(await queries
      .selectFrom('inputs')
      .select('input_uuid')
      .where(among(dialect, 'destination_type', destinations))
      .where(among(dialect, 'destination_id', ids))
      .execute()),
    ...(sources.length === 0
      ? []
      : await queries
          .selectFrom('inputs')
          .select('input_uuid')
          .where(among(dialect, 'source_type', sources))
          .where(among(dialect, 'source_id', ids))
          .execute()),
  ].map((link) => link.input_uuid);
  if (links.length === 0) return;
  await queries
    .deleteFrom('input_tags')
    .where(among(dialect, 'input_uuid', links))
    .execute();
  await queries
    .deleteFrom('inputs')
    .where(among(dialect, 'input_uuid', links))
    .execute();
}
