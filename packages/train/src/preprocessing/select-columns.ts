import { columnOf, type CategoricalColumn, type NumericColumn, type Table } from '@scorecast/core';
import { trainError } from '../train-error.js';

/**
 * The numeric columns of these names, or all numeric columns.
 *
 * @throws TABLE_NO_COLUMN; TRAIN_COLUMN_KIND when a named column is categorical.
 */
export function selectNumeric(source: Table, names?: readonly string[]): readonly NumericColumn[] {
  if (names === undefined) return source.columns.filter((column) => column.kind === 'numeric');
  return names.map((name) => {
    const column = columnOf(source, name);
    if (column.kind !== 'numeric') throw trainError('TRAIN_COLUMN_KIND', { column: name, expected: 'numeric' });
    return column;
  });
}

/**
 * The categorical columns of these names, or all categorical columns.
 *
 * @throws TABLE_NO_COLUMN; TRAIN_COLUMN_KIND when a named column is numeric.
 */
export function selectCategorical(source: Table, names?: readonly string[]): readonly CategoricalColumn[] {
  if (names === undefined) return source.columns.filter((column) => column.kind === 'categorical');
  return names.map((name) => {
    const column = columnOf(source, name);
    if (column.kind !== 'categorical') throw trainError('TRAIN_COLUMN_KIND', { column: name, expected: 'categorical' });
    return column;
  });
}
