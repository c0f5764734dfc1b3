import { standardDeviation } from '../stats/summary.js';
import { checkLengths } from './check-lengths.js';

/**
 * The share of the target's variance that the predictions explain, `1 - var(y - p) / var(y)`: R2 that forgives a
 * constant error. As scikit-learn, a constant `yTrue` gives 1 when the errors are constant too and 0 otherwise.
 *
 * @throws STATS_LENGTH
 * @example
 * explainedVariance([1, 2, 3], [11, 12, 13]); // => 1
 */
export function explainedVariance(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  const left = standardDeviation(Float64Array.from(yTrue, (y, i) => y - yPred[i])) ** 2;
  const total = standardDeviation(yTrue) ** 2;
  if (total === 0) return left === 0 ? 1 : 0;
  return 1 - left / total;
}
