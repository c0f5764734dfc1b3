import { takeValues } from '@scorecast/core';
import { checkFolds, checkPartSizes } from '../search/check-training-data.js';
import type { TrainingSettings } from '../search/training-settings.js';
import type { Fold } from '../splits/fold.js';
import { drawTestPart, foldTrainingPart } from '../splits/split-and-fold.js';
import type { AutomaticOptions } from './automatic-options.js';

/** The rows of a training in parts: what is tested once, and the folds of all that comes before. */
export interface Partition {
  readonly split: Fold;
  /** The folds of the search, repeat by repeat; their row numbers count within the training part, as all that follow. */
  readonly folds: readonly Fold[];
  /** Whether there are as many groups as folds: then each fold is a group, and no others can be cut. */
  readonly oneWay: boolean;
  /** How often the finalists are compared in fresh folds. */
  readonly repeats: number;
  /** Cuts some rows of the training part: as the search does (0), or in another way for each repeat of the finalists from 1 on. */
  cut(this: void, rows: Int32Array, repeat: number): readonly Fold[];
}

/**
 * Parts the rows, and cuts all folds that a training will need once: better an error now than after the search.
 *
 * @param wanted How often the finalists are to be compared; once where there is one way only, since the same folds again
 * would look like more evidence and be none.
 * @throws TRAIN_ROWS, TRAIN_SPLIT_ROWS, TRAIN_FOLDS, TRAIN_FOLD_ROWS, TRAIN_GROUP..., TRAIN_ONE_VALUE
 */
export function partitionRows(options: AutomaticOptions, settings: TrainingSettings, wanted: number): Partition {
  const { schema, target, groups, nested = false } = options;
  const split = drawTestPart(target, options, settings);
  checkPartSizes(split, settings.folds);
  const cut = (rows: Int32Array, repeat: number) => {
    const train = rows.map((row) => split.train[row]);
    const fresh = repeat > 0;
    const repeats = fresh ? 1 : settings.foldRepeats;
    const by = { folds: settings.folds, repeats, seed: (settings.seed + repeat) % 2 ** 32, fresh };
    return foldTrainingPart(target, options, { ...split, train }, by);
  };
  const every = Int32Array.from(split.train.keys());
  const folds = cut(every, 0);
  const oneWay = groups !== undefined && new Set(Array.from(split.train, (row) => groups[row])).size === settings.folds;
  const repeats = oneWay ? 1 : wanted;
  const outer = nested ? folds.slice(0, settings.folds) : [];
  for (const rows of [every, ...outer.map(({ train }) => train)]) {
    const part = takeValues(takeValues(target, split.train), rows);
    for (let repeat = 0; repeat <= repeats; repeat++) checkFolds(cut(rows, repeat), { schema, target: part });
  }
  return { split, folds, oneWay, repeats, cut };
}
