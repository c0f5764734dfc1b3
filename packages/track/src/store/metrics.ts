import { type Dialect, type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { checkLength, checkName, invalid, invalidValue, MAX_KEY_LENGTH } from './checks.js';
import { logMetricsAtOnce } from './log-metrics-at-once.js';
import { writeModelMetrics } from './logged-model-metrics.js';
import { storedNumber } from './metric-value.js';
import { type Metric } from './metric.js';
import { activeRun } from './run-rows.js';
import { type Store } from './store.js';

/** Records one measurement of a run. The very same one again is swallowed. */
export async function logMetric(
  store: Store,
  request: { readonly runId: string; readonly metric: Metric },
): Promise<void> {
  const { runId, metric } = request;
  checkMetric(metric, '');
  await logMetrics(store, runId, [metric]);
}

/** Records measurements of a run that were checked: all of them or none. */
export async function logMetrics(store: Store, runId: string, metrics: readonly Metric[]): Promise<void> {
  const { db } = store;
  if (db.dialect === 'postgres' && metrics.length > 0 && metrics.every(({ modelId = '' }) => modelId === '')) {
    await logMetricsAtOnce(db, runId, metrics);
    return;
  }
  await db.write(async (queries) => {
    const { experimentId } = await activeRun(queries, runId);
    await writeMetrics(queries, db.dialect, runId, experimentId, metrics);
  });
}

/** Refuses what cannot be a measurement. `path` says where in the request it stands. */
export function checkMetric(metric: Metric, path: string): void {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const { key, value, timestamp, step } = metric;
  checkName(key, at('name'));
  if (typeof value !== 'number') {
    const reason = `(timestamp=${timestamp}). Please specify value as a valid double (64-bit floating point)`;
    throw invalid(invalidValue(at('value'), value, reason));
  }
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    const reason = `metric '${key}' (value=${value}). Timestamp must be a nonnegative long (64-bit integer) `;
    throw invalid(invalidValue(at('timestamp'), timestamp, reason));
  }
  if (!Number.isSafeInteger(step)) {
    const reason = `metric '${key}' (value=${value}). Step must be a valid long (64-bit integer).`;
    throw invalid(invalidValue(at('step'), step, reason));
  }
  checkLength('Metric name', key, MAX_KEY_LENGTH);
}

/** Writes measurements of a run that was checked, and moves its latest values forward. */
export async function writeMetrics(
  queries: Queries,
  dialect: Dialect,
  runId: string,
  experimentId: number,
  metrics: readonly Metric[],
): Promise<void> {
  const rows = metrics.map((metric): MetricRow => {
    const { value, isNan } = storedNumber(metric.value);
    return [metric.key, value, metric.timestamp, metric.step, isNan, runId];
  });
  // In the order of the primary key, so that neighbours in the indexes are written one after the other.
  rows.sort(byKeyAndTime);
  await insertRows(queries, dialect, METRICS, rows, 'on conflict do nothing');
  await insertRows(queries, dialect, LATEST, latestOf(rows), UPSERT_LATEST);
  await writeModelMetrics(queries, dialect, runId, experimentId, metrics);
}

/** Key, value, timestamp, step, whether it is NaN, run: in the order of the columns below. */
type MetricRow = readonly [string, number, number, number, boolean, string];

const COLUMNS = '(key, value, timestamp, step, is_nan, run_uuid)';
const METRICS = `metrics ${COLUMNS}`;
const LATEST = `latest_metrics ${COLUMNS}`;
const UPSERT_LATEST =
  'on conflict (key, run_uuid) do update set value = excluded.value, timestamp = excluded.timestamp, ' +
  'step = excluded.step, is_nan = excluded.is_nan where (excluded.step, excluded.timestamp, excluded.value) > ' +
  '(latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)';

function byKeyAndTime(a: MetricRow, b: MetricRow): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[2] - b[2] || a[3] - b[3];
}

/** Of each key the row with the greatest step, timestamp and value; sorted, so that writers meet in one order. */
function latestOf(rows: readonly MetricRow[]): MetricRow[] {
  const latest = new Map<string, MetricRow>();
  for (const row of rows) {
    const other = latest.get(row[0]);
    if (other === undefined || isLater(row, other)) latest.set(row[0], row);
  }
  return [...latest.values()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function isLater(a: MetricRow, b: MetricRow): boolean {
  const [, value, timestamp, step] = a;
  if (step !== b[3]) return step > b[3];
  return timestamp === b[2] ? value > b[1] : timestamp > b[2];
}
