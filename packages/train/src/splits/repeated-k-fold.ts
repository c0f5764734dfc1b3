import { mersenneTwister } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { cutFolds, type Fold } from './fold.js';

/**
 * Shuffled k-fold several times over, each time in another order: equal to scikit-learn's
 * `RepeatedKFold(n_splits=folds, n_repeats=repeats, random_state=seed)`, whose one random stream runs on.
 *
 * @param n The number of rows, at least `folds`.
 * @param options.folds Folds per repeat, at least 2 (default 5).
 * @param options.repeats How many times, at least 1 (default 10).
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42).
 * @returns `folds * repeats` folds, repeat by repeat.
 * @throws TRAIN_FOLDS, TRAIN_REPEATS, STATS_SEED
 * @example
 * repeatedKFold(6, { folds: 3, repeats: 4 }).length; // => 12
 */
export function repeatedKFold(
  n: number,
  {
    folds = 5,
    repeats = 10,
    seed = 42,
  }: { readonly folds?: number; readonly repeats?: number; readonly seed?: number } = {},
): readonly Fold[] {
  checkRepeats(repeats);
  const random = mersenneTwister(seed);
  return Array.from({ length: repeats }, () => cutFolds(random.permutation(n), folds)).flat();
}

/** @throws TRAIN_REPEATS unless it is a whole number of at least 1. */
export function checkRepeats(repeats: number): void {
  if (!Number.isInteger(repeats) || repeats < 1) throw trainError('TRAIN_REPEATS', { repeats });
}
