/** A column of the list of runs: a fact that every run has, a metric or a param. */
export interface Column {
  readonly kind: 'attributes' | 'metrics' | 'params';
  readonly key: string;
}

/** The facts that every run has. */
export const ATTRIBUTES = ['status', 'experiment', 'start_time', 'duration', 'user_id'] as const;

const LABELS: Readonly<Record<string, string>> = {
  run_name: 'Run',
  status: 'Status',
  experiment: 'Experiment',
  start_time: 'Started',
  duration: 'Duration',
  user_id: 'User',
};

/** Metrics that say most, best first. */
const LEADING = ['cv_r2', 'test_r2', 'cv_mae', 'test_mae', 'cv_rmse', 'test_rmse', 'val_loss', 'accuracy', 'loss'];
const LEADING_PARAMS = ['estimator', 'model', 'model_type', 'algorithm'];
const DEFAULT_METRICS = 4;
const DEFAULT_PARAMS = 2;

/** A column as a text for addresses: `metrics.cv_r2`. */
export function columnId({ kind, key }: Column): string {
  return `${kind}.${key}`;
}

/** The column that such a text means; undefined where it means none. */
export function columnAt(id: string): Column | undefined {
  const [, kind, key] = /^(attributes|metrics|params)\.(.+)$/s.exec(id) ?? [];
  if (key === undefined) return undefined;
  return kind === 'metrics' || kind === 'params' || kind === 'attributes' ? { kind, key } : undefined;
}

/** What stands above a column. */
export function columnLabel({ kind, key }: Column): string {
  return kind === 'attributes' ? (LABELS[key] ?? key) : key;
}

/** Whether the server can sort by a column. */
export function isSortable({ kind, key }: Column): boolean {
  return kind !== 'attributes' || !['duration', 'experiment'].includes(key);
}

/** A column in the language of MLflow's `order_by`. */
export function orderBy(column: Column, isDescending: boolean): string {
  const { kind, key } = column;
  const quote = key.includes('`') ? '"' : '`';
  const name = kind === 'attributes' ? key : `${quote}${key}${quote}`;
  return `${kind}.${name} ${isDescending ? 'DESC' : 'ASC'}`;
}

/** Keys of metrics with those that say most in front. */
export function byImportance(metrics: readonly string[]): readonly string[] {
  return ranked(metrics, LEADING);
}

/** What is shown while nobody has chosen columns; the experiment only where there are several. */
export function defaultColumns(
  metrics: readonly string[],
  params: readonly string[],
  experiments: number,
): readonly Column[] {
  const some = (kind: Column['kind'], keys: readonly string[]): Column[] => keys.map((key) => ({ kind, key }));
  return [
    ...some('attributes', ['status', ...(experiments > 1 ? ['experiment'] : []), 'start_time', 'duration']),
    ...some('metrics', byImportance(metrics).slice(0, DEFAULT_METRICS)),
    ...some('params', ranked(params, LEADING_PARAMS).slice(0, DEFAULT_PARAMS)),
    ...some('attributes', ['user_id']),
  ];
}

function ranked(keys: readonly string[], leading: readonly string[]): readonly string[] {
  const rank = (key: string) => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  return [...keys].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
