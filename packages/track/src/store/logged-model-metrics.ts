import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/hot-statement.js';
import { storedNumber } from './metric-value.js';
import { type Metric } from './metric.js';

/** Writes the measurements that are of a logged model to that model too; measurements of none are left out. */
export async function writeModelMetrics(
  queries: Queries,
  dialect: Dialect,
  runId: string,
  experimentId: number,
  metrics: readonly Metric[],
): Promise<void> {
  const rows = metrics.flatMap(({ modelId, key, timestamp, step, value, datasetName, datasetDigest }) =>
    modelId === undefined
      ? []
      : [
          [
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
        ],
  );
  await insertRows(queries, dialect, INSERT, rows, 'on conflict do nothing');
}

const INSERT =
  'insert into logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, ' +
  'experiment_id, run_id, dataset_name, dataset_digest)';
