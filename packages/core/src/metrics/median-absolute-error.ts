import { quantile } from '../stats/summary.js';
import { checkLengths } from './check-lengths.js';

/**
 * The median of `|y - p|`: how far off half of the predictions are at most, whatever the worst ones do.
 *
 * @throws STATS_LENGTH
 * @example
 * medianAbsoluteError([1, 2, 3], [1, 4, 300]); // => 2
 */
export function medianAbsoluteError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  const errors = Float64Array.from(yTrue, (y, i) => Math.abs(y - yPred[i]));
  return quantile(errors, 0.5);
}
