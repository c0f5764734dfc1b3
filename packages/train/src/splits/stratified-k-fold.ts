import { mersenneTwister, type MersenneTwister } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { foldsByNumber, type Fold } from './fold.js';
import { checkRepeats } from './repeated-k-fold.js';

/**
 * Folds in which every stratum has its share, equal to scikit-learn's
 * `StratifiedKFold(folds, shuffle=shuffle, random_state=seed)`, and with repeats to its `RepeatedStratifiedKFold`.
 *
 * @param strata One stratum per row; for a numeric target see {@link targetStrata}.
 * @param options.folds From 2 to the size of the largest stratum (default 5); smaller strata miss some of the folds.
 * @param options.shuffle Whether rows are shuffled within their stratum (default true).
 * @param options.repeats How many times, each in another order (default 1).
 * @param options.seed An integer from 0 to 2^32 - 1 (default 42).
 * @returns `folds * repeats` folds, repeat by repeat.
 * @throws TRAIN_STRATA, TRAIN_REPEATS, STATS_SEED
 * @example
 * stratifiedKFold([0, 0, 1, 1], { folds: 2, shuffle: false }).map((fold) => Array.from(fold.test)); // => [[0, 2], [1, 3]]
 */
export function stratifiedKFold(
  strata: ArrayLike<number | string>,
  {
    folds = 5,
    repeats = 1,
    shuffle = true,
    seed = 42,
  }: { readonly folds?: number; readonly repeats?: number; readonly shuffle?: boolean; readonly seed?: number } = {},
): readonly Fold[] {
  checkRepeats(repeats);
  const sizes = countByFirstOccurrence(strata);
  const largest = Math.max(0, ...sizes.values());
  if (!Number.isInteger(folds) || folds < 2 || folds > largest) throw trainError('TRAIN_STRATA', { folds, largest });
  const random = mersenneTwister(seed);
  const shares = foldShares([...sizes.values()], folds);
  return Array.from({ length: repeats }, () => {
    const queues = shares.map((counts) => foldNumbers(counts, shuffle ? random : undefined).values());
    const queueOf = new Map([...sizes.keys()].map((stratum, i) => [stratum, queues[i]]));
    const foldOf = Int32Array.from(strata, (stratum) => queueOf.get(stratum)?.next().value ?? 0);
    return foldsByNumber(foldOf, folds);
  }).flat();
}

function countByFirstOccurrence(strata: ArrayLike<number | string>): ReadonlyMap<number | string, number> {
  const counts = new Map<number | string, number>();
  for (const stratum of Array.from(strata)) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  return counts;
}

/** How many rows of each stratum each fold tests: strata are laid end to end and dealt to the folds in turn. */
function foldShares(sizes: readonly number[], folds: number): readonly Int32Array[] {
  let dealt = 0;
  return sizes.map((size) => {
    const counts = new Int32Array(folds);
    for (let i = 0; i < size; i++) counts[dealt++ % folds]++;
    return counts;
  });
}

/** The fold of a stratum's rows, one after the other. */
function foldNumbers(counts: Int32Array, random: MersenneTwister | undefined): Int32Array {
  const numbers = Int32Array.from(Array.from(counts, (count, fold) => new Array<number>(count).fill(fold)).flat());
  random?.shuffle(numbers);
  return numbers;
}
