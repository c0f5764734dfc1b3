import { mersenneTwister, type MersenneTwister } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { foldsByNumber, type Fold } from './fold.js';
import { groupRows, type GroupedRows } from './group-rows.js';
import { checkRepeats } from './repeated-k-fold.js';

/**
 * Folds that never test on a group that they learn from, such as a pupil with several rows or a school.
 *
 * Not shuffled, they are equal to scikit-learn's `GroupKFold`: the largest group goes to the fold with the fewest rows,
 * then the next. Of groups of one size the later name goes first (there scikit-learn's order depends on the machine).
 * Shuffled, they are equal to `GroupKFold(shuffle=True, random_state=seed)`: as many groups per fold, in random order.
 *
 * @param groups One name per row.
 * @param options.folds How many, from 2 to one per group (default 5).
 * @param options.shuffle Whether groups are shuffled (default false, unless there are repeats).
 * @param options.repeats How many times, each in another order (default 1).
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42); without shuffling it has no effect.
 * @returns `folds * repeats` folds, repeat by repeat.
 * @throws TRAIN_GROUPS, TRAIN_GROUP_MISSING, TRAIN_REPEATS, STATS_SEED
 * @example
 * groupKFold(['ann', 'bob', 'ann', 'cleo'], { folds: 2 }).map((fold) => Array.from(fold.test)); // => [[0, 2], [1, 3]]
 */
export function groupKFold(
  groups: readonly (string | null)[],
  {
    folds = 5,
    repeats = 1,
    shuffle = repeats > 1,
    seed = 42,
  }: { readonly folds?: number; readonly repeats?: number; readonly shuffle?: boolean; readonly seed?: number } = {},
): readonly Fold[] {
  checkRepeats(repeats);
  const grouped = groupRows(groups);
  const count = grouped.names.length;
  if (!Number.isInteger(folds) || folds < 2 || folds > count) {
    throw trainError('TRAIN_GROUPS', { folds, groups: count });
  }
  const random = mersenneTwister(seed);
  return Array.from({ length: repeats }, () => {
    const foldOfGroup = shuffle ? shuffledFolds(count, folds, random) : balancedFolds(grouped, folds);
    return foldsByNumber(
      grouped.groupOf.map((group) => foldOfGroup[group]),
      folds,
    );
  }).flat();
}

function balancedFolds({ sizes }: GroupedRows, folds: number): Int32Array {
  const largestFirst = Int32Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || b - a);
  const rows = new Int32Array(folds);
  const foldOf = new Int32Array(sizes.length);
  for (const group of largestFirst) {
    const lightest = rows.indexOf(Math.min(...rows));
    rows[lightest] += sizes[group];
    foldOf[group] = lightest;
  }
  return foldOf;
}

function shuffledFolds(count: number, folds: number, random: MersenneTwister): Int32Array {
  const foldOf = new Int32Array(count);
  const larger = count % folds;
  const size = Math.floor(count / folds);
  random.permutation(count).forEach((group, at) => {
    const inLarger = at < larger * (size + 1);
    foldOf[group] = inLarger ? Math.floor(at / (size + 1)) : Math.floor((at - larger) / size);
  });
  return foldOf;
}
