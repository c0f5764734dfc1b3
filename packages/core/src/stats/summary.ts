import { selectRank } from './select-rank.js';

/**
 * The arithmetic mean; NaN for no values.
 *
 * @example
 * mean([1, 2, 6]); // => 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * The standard deviation. `ddof` 0 (the default) is the population's, 1 the sample's; NaN when `n <= ddof`.
 *
 * @example
 * standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]); // => 2
 */
export function standardDeviation(values: ArrayLike<number>, ddof: 0 | 1 = 0): number {
  if (values.length <= ddof) return Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return Math.sqrt(sum / (values.length - ddof));
}

/**
 * The quantile by linear interpolation between order statistics (numpy's default, Hyndman and Fan type 7).
 *
 * @param values Finite numbers, in any order; not changed.
 * @param level From 0 to 1; .5 is the median.
 * @returns NaN for no values.
 * @example
 * quantile([4, 1, 3, 2], 0.5); // => 2.5
 */
export function quantile(values: ArrayLike<number>, level: number): number {
  if (values.length === 0) return Number.NaN;
  const own = Float64Array.from(values);
  const position = level * (own.length - 1);
  const below = Math.floor(position);
  const value = selectRank(own, below);
  // What selecting left behind the value is not smaller: the next one is the least of it.
  let next = below + 1 < own.length ? Infinity : value;
  for (let i = below + 1; i < own.length; i++) next = Math.min(next, own[i]);
  return value + (position - below) * (next - value);
}
