import { sql, type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type Flag, type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { groupBy } from './group-by.js';
import { lifecycleStage } from './lifecycle.js';
import { type LoggedModel, type LoggedModelStatus } from './logged-model.js';
import { loadedNumber } from './metric-value.js';

/** A logged model's row. */
export type LoggedModelRow = Selectable<Tables['logged_models']>;

/** The statuses by the numbers that stand for them; 0 is none. */
export const LOGGED_MODEL_STATUSES: readonly LoggedModelStatus[] = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
];

/** Reads a logged model's row, whether it is deleted or not. */
export async function loggedModelRow(queries: Queries, modelId: string): Promise<LoggedModelRow> {
  const row = await queries.selectFrom('logged_models').selectAll().where('model_id', '=', modelId).executeTakeFirst();
  if (row === undefined) throw noLoggedModel(modelId);
  return row;
}

/** The error for a logged model that does not exist. */
export function noLoggedModel(modelId: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `Logged model with ID '${modelId}' not found.` });
}

/** MLflow's table has no room for NaN, and holds 0; the same measurement in the run's own table says which it is. */
const isNan = sql<Flag>`(metric_value is null or metric_value = 0 and exists (select 1 from metrics
  where metrics.run_uuid = logged_model_metrics.run_id and metrics.key = metric_name
  and metrics.timestamp = metric_timestamp_ms and metrics.step = metric_step and metrics.is_nan))`;

/** Logged models of their rows, in the rows' order, with tags, params and metrics. */
export async function loggedModelsOf(
  queries: Queries,
  dialect: Dialect,
  rows: readonly LoggedModelRow[],
): Promise<LoggedModel[]> {
  if (rows.length === 0) return [];
  const ofThese = among(
    dialect,
    'model_id',
    rows.map((row) => row.model_id),
  );
  const tags = await queries.selectFrom('logged_model_tags').selectAll().where(ofThese).orderBy('tag_key').execute();
  const params = await queries
    .selectFrom('logged_model_params')
    .selectAll()
    .where(ofThese)
    .orderBy('param_key')
    .execute();
  const metrics = await queries
    .selectFrom('logged_model_metrics')
    .selectAll('logged_model_metrics')
    .select(isNan.as('is_nan'))
    .where(ofThese)
    .orderBy('metric_name')
    .orderBy('metric_timestamp_ms')
    .orderBy('metric_step')
    .execute();
  const tagsOf = groupBy(tags, (row) => row.model_id);
  const paramsOf = groupBy(params, (row) => row.model_id);
  const metricsOf = groupBy(metrics, (row) => row.model_id);
  return rows.map((row) => ({
    modelId: row.model_id,
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactUri: row.artifact_location,
    creationTime: row.creation_timestamp_ms,
    lastUpdatedTime: row.last_updated_timestamp_ms,
    status: LOGGED_MODEL_STATUSES[row.status] ?? 'LOGGED_MODEL_STATUS_UNSPECIFIED',
    statusMessage: row.status_message,
    lifecycleStage: lifecycleStage(row.lifecycle_stage),
    modelType: row.model_type,
    sourceRunId: row.source_run_id,
    tags: tagsOf(row.model_id).map((tag) => ({ key: tag.tag_key, value: tag.tag_value })),
    params: paramsOf(row.model_id).map((param) => ({ key: param.param_key, value: param.param_value })),
    metrics: metricsOf(row.model_id).map((metric) => ({
      key: metric.metric_name,
      value: loadedNumber(metric.metric_value ?? 0, metric.is_nan),
      timestamp: metric.metric_timestamp_ms,
      step: metric.metric_step,
      runId: metric.run_id,
      modelId: metric.model_id,
      datasetName: metric.dataset_name ?? undefined,
      datasetDigest: metric.dataset_digest ?? undefined,
    })),
  }));
}
