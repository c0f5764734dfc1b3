import { trainError } from '../train-error.js';
import type { Fold } from './fold.js';
import { groupRows } from './group-rows.js';
import { trainTestSplit } from './train-test-split.js';

/**
 * Draws a test part of whole groups: the same rows as scikit-learn's
 * `GroupShuffleSplit(1, test_size=testSize, random_state=seed)`.
 *
 * @param groups One name per row, at least two different ones.
 * @param options.testSize The share of groups to hold out, between 0 and 1 (default .2); the share of rows follows.
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42).
 * @returns Row indices from 0, both parts in ascending order.
 * @throws TRAIN_GROUP_MISSING, TRAIN_TEST_SIZE, TRAIN_SPLIT_GROUPS, STATS_SEED
 * @example
 * Array.from(groupSplit(['ann', 'bob', 'ann', 'cleo']).test); // => [0, 2]
 */
export function groupSplit(
  groups: readonly (string | null)[],
  { testSize = 0.2, seed }: { readonly testSize?: number; readonly seed?: number } = {},
): Fold {
  const { names, groupOf } = groupRows(groups);
  const isShare = testSize > 0 && testSize < 1;
  if (isShare && !(names.length > Math.ceil(testSize * names.length))) {
    throw trainError('TRAIN_SPLIT_GROUPS', { groups: names.length, testSize });
  }
  const tested = new Set(trainTestSplit(names.length, { testSize, ...(seed === undefined ? {} : { seed }) }).test);
  const rows = Int32Array.from(groupOf.keys());
  return {
    train: rows.filter((row) => !tested.has(groupOf[row])),
    test: rows.filter((row) => tested.has(groupOf[row])),
  };
}
