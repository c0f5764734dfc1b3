import { checkLengths } from './check-lengths.js';

/**
 * The mean of `|y - p| / |y|`, as a share: .1 is ten per cent. It only makes sense where no true value is near zero.
 * As scikit-learn, a divisor below 2^-52 counts as 2^-52, so that a true value of zero gives a huge number and not NaN.
 *
 * @throws STATS_LENGTH
 * @example
 * meanAbsolutePercentageError([10, 20], [11, 18]); // => 0.1
 */
export function meanAbsolutePercentageError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) {
    sum += Math.abs(yTrue[i] - yPred[i]) / Math.max(Math.abs(yTrue[i]), Number.EPSILON);
  }
  return sum / yTrue.length;
}
