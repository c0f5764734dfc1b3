import { takeValues } from '@scorecast/core';
import { trainError } from '../train-error.js';
import type { Fold } from './fold.js';
import { groupKFold } from './group-k-fold.js';
import { groupSplit } from './group-split.js';
import { repeatedKFold } from './repeated-k-fold.js';
import { stratifiedKFold } from './stratified-k-fold.js';
import { targetStrata } from './target-strata.js';
import { trainTestSplit } from './train-test-split.js';

/** What rows are split by, besides chance. */
export interface SplitOptions {
  /** The group of each row, such as a pupil or a school: no group comes into two parts or into two folds. */
  readonly groups?: readonly (string | null)[];
  /** What the groups are called, for the provenance: the name of their column. */
  readonly groupColumn?: string;
  /** Whether every fold gets its share of low, middle and high targets. Default false. Not together with groups. */
  readonly stratify?: boolean;
}

/**
 * Draws the test part of `target.length` rows.
 *
 * @throws TRAIN_TEST_SIZE, TRAIN_SPLIT_ROWS, TRAIN_SPLIT_GROUPS, TRAIN_GROUP_MISSING, TRAIN_GROUP_ROWS, TRAIN_STRATIFIED_GROUPS, STATS_SEED
 */
export function drawTestPart(
  target: Float64Array,
  { groups, stratify = false }: SplitOptions,
  settings: { readonly testSize: number; readonly seed: number },
): Fold {
  if (groups === undefined) return trainTestSplit(target.length, settings);
  if (stratify) throw trainError('TRAIN_STRATIFIED_GROUPS', {});
  if (groups.length !== target.length) {
    throw trainError('TRAIN_GROUP_ROWS', { groups: groups.length, rows: target.length });
  }
  return groupSplit(groups, settings);
}

/**
 * Cuts the training part into folds, whose row numbers count within it.
 *
 * @param settings.repeats How many times, each in another order; the random stream of the seed runs on from one to the next.
 * Rows of as many groups as folds are cut once, since each further cut would be the same.
 * @param settings.fresh Whether the folds are to be others than those of another seed. Folds of groups that are cut once are
 * cut by size, so that they have about as many rows each and the seed has no effect; fresh and repeated ones are shuffled.
 * @returns `folds * repeats` folds, repeat by repeat.
 * @throws TRAIN_FOLDS, TRAIN_REPEATS, TRAIN_GROUPS, TRAIN_STRATA
 */
export function foldTrainingPart(
  target: Float64Array,
  { groups, stratify = false }: SplitOptions,
  { train }: Fold,
  {
    repeats = 1,
    fresh = false,
    ...settings
  }: { readonly folds: number; readonly seed: number; readonly repeats?: number; readonly fresh?: boolean },
): readonly Fold[] {
  if (groups !== undefined) {
    const groupOf = Array.from(train, (row) => groups[row]);
    const times = new Set(groupOf).size === settings.folds ? 1 : repeats;
    return groupKFold(groupOf, { ...settings, repeats: times, shuffle: fresh || times > 1 });
  }
  if (!stratify) return repeatedKFold(train.length, { ...settings, repeats });
  const strata = targetStrata(takeValues(target, train), { bins: binsFor(train, settings) });
  return stratifiedKFold(strata, { ...settings, repeats });
}

/** Few rows have few strata, so that each has a row for every fold. */
function binsFor({ length }: Int32Array, { folds }: { readonly folds: number }): number {
  return Math.max(1, Math.min(10, Math.floor(length / folds)));
}
