import { numericColumns, type Table } from '@scorecast/core';
import { trainError } from './train-error.js';

/** Squares of larger numbers are no numbers any more. */
const LARGEST = 1e150;

/**
 * The columns to learn from, after the checks that every fit owes its caller.
 *
 * @param missing Whether NaN in a feature is refused or taken as a missing value that the estimator can use.
 * @param nominal Whether columns of level codes are refused or taken.
 * @throws TABLE_NOT_NUMERIC for a categorical column; TRAIN_NOMINAL for one of level codes; TRAIN_NO_ROWS; TRAIN_TARGET_LENGTH; TRAIN_TARGET_VALUE and
 * TRAIN_FEATURE_VALUE for the first value that is not a finite number; TRAIN_OVERFLOW for one beyond 1e150.
 */
export function trainingColumns(
  estimator: string,
  x: Table,
  y: Float64Array,
  missing: 'refused' | 'taken' = 'refused',
  nominal: 'refused' | 'taken' = 'refused',
): readonly Float64Array[] {
  const columns = numericColumns(x);
  const codes = columns.find(({ levelCount }) => levelCount !== undefined);
  if (codes !== undefined && nominal === 'refused') {
    throw trainError('TRAIN_NOMINAL', { estimator, column: codes.name });
  }
  if (x.rowCount === 0) throw trainError('TRAIN_NO_ROWS', { estimator });
  if (y.length !== x.rowCount) {
    throw trainError('TRAIN_TARGET_LENGTH', { estimator, rows: x.rowCount, targets: y.length });
  }
  const all = columns.map((column) => column.values);
  if (isUsable(y, false) && all.every((values) => isUsable(values, missing === 'taken'))) return all;
  const wrong = y.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw trainError('TRAIN_TARGET_VALUE', { estimator, row: wrong + 1, value: y[wrong] });
  for (const { name, values } of columns) {
    const row = values.findIndex((value) => !Number.isFinite(value) && !(missing === 'taken' && Number.isNaN(value)));
    if (row >= 0) {
      throw trainError('TRAIN_FEATURE_VALUE', { estimator, column: name, row: row + 1, value: values[row] });
    }
  }
  throw trainError('TRAIN_OVERFLOW', { estimator });
}

/** Hot: every number of every fit comes by. */
function isUsable(values: Float64Array, takesMissing: boolean): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]) <= LARGEST || (takesMissing && Number.isNaN(values[i])))) return false;
  }
  return true;
}
