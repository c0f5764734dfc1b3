import { mersenneTwister } from '@scorecast/core';
import { trainError } from '../train-error.js';
import type { Fold } from './fold.js';

/**
 * Draws a test part without replacement: the same rows, in the same order, as scikit-learn's
 * `train_test_split(test_size=testSize, random_state=seed)`.
 *
 * @param n The number of rows, at least 2.
 * @param options.testSize The share of rows to hold out, between 0 and 1 (default .2); `ceil(n * testSize)` rows are.
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42).
 * @returns Row indices from 0, both parts in drawn order.
 * @throws TRAIN_TEST_SIZE; TRAIN_SPLIT_ROWS when no row would be left to learn from; STATS_SEED
 * @example
 * Array.from(trainTestSplit(5).test); // => [1]
 */
export function trainTestSplit(
  n: number,
  { testSize = 0.2, seed = 42 }: { readonly testSize?: number; readonly seed?: number } = {},
): Fold {
  if (!(testSize > 0 && testSize < 1)) throw trainError('TRAIN_TEST_SIZE', { testSize });
  const testRows = Math.ceil(testSize * n);
  if (!(n > testRows)) throw trainError('TRAIN_SPLIT_ROWS', { rows: n, testSize });
  const order = mersenneTwister(seed).permutation(n);
  return { train: order.slice(testRows), test: order.slice(0, testRows) };
}
