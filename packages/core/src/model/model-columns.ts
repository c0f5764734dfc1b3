import { numericColumns, type Table } from '../table/table.js';
import { modelError } from './model-error.js';

/**
 * The values of the columns that a model predicts from.
 *
 * @throws MODEL_FEATURES when the table's columns are not those of training, in the same order.
 */
export function modelColumns(features: readonly string[], source: Table): readonly Float64Array[] {
  const columns = numericColumns(source);
  if (columns.length !== features.length || columns.some((column, i) => column.name !== features[i])) {
    throw modelError('MODEL_FEATURES', { expected: features, found: columns.map((column) => column.name) });
  }
  return columns.map((column) => column.values);
}
