/** Counts values by ranges: `counts[i]` have `value <= bounds[i]` and belong to no earlier range; the last is the rest. */
export interface Tally {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum: number;
}

/** @param bounds Ascending. */
export function tally(bounds: readonly number[]): Tally {
  return { bounds, counts: new Float64Array(bounds.length + 1), sum: 0 };
}

/** Counts a value. Hot: every request and every number in it comes by. */
export function count(into: Tally, value: number): void {
  const { bounds, counts } = into;
  let at = 0;
  while (at < bounds.length && value > bounds[at]) at++;
  counts[at]++;
  into.sum += value;
}
