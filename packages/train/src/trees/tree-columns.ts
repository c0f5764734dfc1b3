import type { Table } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { trainingColumns } from '../training-data.js';
import type { TreeParams } from './tree-params.js';

/**
 * The columns that trees learn from, missing values among them.
 *
 * @throws TRAIN_NEGATIVE_TARGET for the first negative target where the Poisson criterion is asked for, and as
 * {@link trainingColumns}.
 */
export function treeColumns(
  estimator: string,
  { criterion }: Pick<TreeParams, 'criterion'>,
  x: Table,
  y: Float64Array,
): readonly Float64Array[] {
  const columns = trainingColumns(estimator, x, y, 'taken');
  const negative = criterion === 'poisson' ? y.findIndex((target) => target < 0) : -1;
  if (negative >= 0) throw trainError('TRAIN_NEGATIVE_TARGET', { estimator, row: negative + 1, value: y[negative] });
  return columns;
}
