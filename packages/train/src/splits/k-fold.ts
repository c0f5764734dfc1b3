import { mersenneTwister } from '@scorecast/core';
import { cutFolds, type Fold } from './fold.js';

/**
 * Folds for cross-validation, equal to scikit-learn's `KFold(folds, shuffle=shuffle, random_state=seed)`.
 *
 * @param n The number of rows, at least `folds`.
 * @param options.folds How many, at least 2 (default 5).
 * @param options.shuffle Whether rows are shuffled before they are cut (default true); if not, the seed has no effect.
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42).
 * @throws TRAIN_FOLDS, STATS_SEED
 * @example
 * kFold(5, { folds: 2, shuffle: false }).map((fold) => Array.from(fold.test)); // => [[0, 1, 2], [3, 4]]
 */
export function kFold(
  n: number,
  {
    folds = 5,
    shuffle = true,
    seed = 42,
  }: { readonly folds?: number; readonly shuffle?: boolean; readonly seed?: number } = {},
): readonly Fold[] {
  const order = shuffle ? mersenneTwister(seed).permutation(n) : Int32Array.from({ length: n }, (_, row) => row);
  return cutFolds(order, folds);
}
