import type { Table } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { trainingColumns } from '../training-data.js';
import type { LevelCounts } from './encode-columns.js';
import type { TreeParams } from './tree-params.js';

/**
 * The columns that trees learn from, missing values among them.
 *
 * @throws TRAIN_NEGATIVE_TARGET for the first negative target where the Poisson criterion is asked for, TRAIN_NOMINAL
 * where trees of the criterion cannot take a nominal column, and as {@link trainingColumns}.
 */
export function treeColumns(
  estimator: string,
  { criterion }: Pick<TreeParams, 'criterion'>,
  x: Table,
  y: Float64Array,
): readonly Float64Array[] {
  const columns = trainingColumns(estimator, x, y, 'taken', takesNominal({ criterion }) ? 'taken' : 'refused');
  const negative = criterion === 'poisson' ? y.findIndex((target) => target < 0) : -1;
  if (negative >= 0) throw trainError('TRAIN_NEGATIVE_TARGET', { estimator, row: negative + 1, value: y[negative] });
  return columns;
}

/**
 * Whether trees of the criterion part levels by sets: the best set is found by sorting levels where means are what counts,
 * and there is no such order for absolute errors.
 */
export function takesNominal({ criterion }: Pick<TreeParams, 'criterion'>): boolean {
  return criterion !== 'absolute_error';
}

/** Of each column: how many levels it has, where its values are codes of levels. */
export function levelCountsOf({ columns }: Table): LevelCounts {
  return columns.map((column) => (column.kind === 'numeric' ? column.levelCount : undefined));
}
