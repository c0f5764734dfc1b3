import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { noLoggedModel } from './logged-model-rows.js';
import { storedNumber } from './metric-value.js';
import { type Metric } from './metric.js';

/**
 * Writes the measurements that are of a logged model to that model too; measurements of none are left out.
 *
 * @throws RESOURCE_DOES_NOT_EXIST without the model.
 */
export async function writeModelMetrics(
  queries: Queries,
  dialect: Dialect,
  runId: string,
  experimentId: number,
  metrics: readonly Metric[],
): Promise<void> {
  const rows = metrics.flatMap(({ modelId, key, timestamp, step, value, datasetName, datasetDigest }) =>
    modelId === undefined || modelId === ''
      ? []
      : [
          {
            modelId,
            row: [
              modelId,
              key,
              timestamp,
              step,
              storedNumber(value).value,
              experimentId,
              runId,
              datasetName ?? null,
              datasetDigest ?? null,
            ],
          },
        ],
  );
  if (rows.length === 0) return;
  await checkModelsExist(queries, dialect, [...new Set(rows.map(({ modelId }) => modelId))]);
  await insertRows(
    queries,
    dialect,
    MODEL_METRICS,
    rows.map(({ row }) => row),
    'on conflict do nothing',
  );
}

const MODEL_METRICS =
  'logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, ' +
  'experiment_id, run_id, dataset_name, dataset_digest)';

async function checkModelsExist(queries: Queries, dialect: Dialect, modelIds: readonly string[]): Promise<void> {
  const rows = await queries
    .selectFrom('logged_models')
    .select('model_id')
    .where(among(dialect, 'model_id', modelIds))
    .execute();
  const known = new Set(rows.map((row) => row.model_id));
  const missing = modelIds.find((modelId) => !known.has(modelId));
  if (missing !== undefined) throw noLoggedModel(missing);
}
