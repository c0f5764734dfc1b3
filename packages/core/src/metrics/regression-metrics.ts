import { mean } from '../stats/summary.js';
import { checkLengths } from './check-lengths.js';

/** How well predictions meet the truth. `r2` has no unit; `mae` and `rmse` are in the target's unit. */
export interface RegressionMetrics {
  readonly r2: number;
  readonly mae: number;
  readonly rmse: number;
}

/**
 * All three regression metrics at once.
 *
 * @throws STATS_LENGTH when the lists differ in length or are empty.
 * @example
 * regressionMetrics([1, 2, 3], [1, 2, 3]).r2; // => 1
 */
export function regressionMetrics(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): RegressionMetrics {
  return {
    r2: r2Score(yTrue, yPred),
    mae: meanAbsoluteError(yTrue, yPred),
    rmse: rootMeanSquaredError(yTrue, yPred),
  };
}

/**
 * The coefficient of determination, `1 - sum (y - p)^2 / sum (y - mean y)^2`; 1 is perfect, 0 as good as the mean.
 * As scikit-learn, a constant `yTrue` gives 1 when met exactly and 0 otherwise.
 */
export function r2Score(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const residual = squaredErrorSum(yTrue, yPred);
  const centre = mean(yTrue);
  let total = 0;
  for (let i = 0; i < yTrue.length; i++) total += (yTrue[i] - centre) ** 2;
  if (total === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}

/** The mean of `|y - p|`. */
export function meanAbsoluteError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) sum += Math.abs(yTrue[i] - yPred[i]);
  return sum / yTrue.length;
}

/** The square root of the mean of `(y - p)^2`. */
export function rootMeanSquaredError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  return Math.sqrt(squaredErrorSum(yTrue, yPred) / yTrue.length);
}

function squaredErrorSum(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) sum += (yTrue[i] - yPred[i]) ** 2;
  return sum;
}
