const LARGER = new Set([
  ...['r2', 'explainedvariance'],
  ...['accuracy', 'acc', 'auc', 'f1', 'precision', 'recall', 'score', 'coverage'],
]);
const SMALLER = new Set([
  ...['mae', 'rmse', 'mse', 'mape', 'medianabsoluteerror', 'maxerror', 'meanabsolutepercentageerror'],
  ...['loss', 'error', 'warnings', 'deviance'],
]);

/** In which direction a metric is good, by the last word of its name; undefined where that does not tell, or tells of spread. */
export function betterDirection(metric: string): 'larger' | 'smaller' | undefined {
  const words = metric.toLowerCase().split(/[^a-z0-9]+/);
  const last = words.at(-1) ?? '';
  if (words.includes('sd') || words.includes('std')) return undefined;
  if (LARGER.has(last)) return 'larger';
  return SMALLER.has(last) ? 'smaller' : undefined;
}

/** The places of the best values; none where the direction is not known or all are equal. */
export function bestOf(metric: string, values: readonly (number | undefined)[]): ReadonlySet<number> {
  const direction = betterDirection(metric);
  const known = values.filter((value): value is number => value !== undefined && !Number.isNaN(value));
  if (direction === undefined || new Set(known).size < 2) return new Set();
  const best = direction === 'larger' ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, place) => (value === best ? [place] : [])));
}
