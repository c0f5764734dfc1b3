const LARGER = /(^|[_\W])(r2|r_squared|accuracy|acc|auc|roc_auc|f1|precision|recall|score|coverage)($|[_\W])/i;
const SMALLER = /(^|[_\W])(mae|mse|rmse|loss|error|mape|medae|logloss|deviance)($|[_\W])/i;

/** In which direction a metric of this name is good; undefined where the name does not tell. */
export function betterDirection(metric: string): 'larger' | 'smaller' | undefined {
  if (SMALLER.test(metric)) return 'smaller';
  return LARGER.test(metric) ? 'larger' : undefined;
}

/** The places of the best values; none where the direction is not known or all are equal. */
export function bestOf(metric: string, values: readonly (number | undefined)[]): ReadonlySet<number> {
  const direction = betterDirection(metric);
  const known = values.filter((value) => value !== undefined && !Number.isNaN(value)).map(Number);
  if (direction === undefined || known.length < 2 || new Set(known).size < 2) return new Set();
  const best = direction === 'larger' ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, place) => (value === best ? [place] : [])));
}
