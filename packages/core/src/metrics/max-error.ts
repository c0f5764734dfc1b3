import { checkLengths } from './check-lengths.js';

/**
 * The largest `|y - p|`.
 *
 * @throws STATS_LENGTH
 * @example
 * maxError([1, 2, 3], [1, 4, 3]); // => 2
 */
export function maxError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  checkLengths(yTrue, yPred);
  let largest = 0;
  for (let i = 0; i < yTrue.length; i++) largest = Math.max(largest, Math.abs(yTrue[i] - yPred[i]));
  return largest;
}
