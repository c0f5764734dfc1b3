import type { OrdinalEncoding, Table } from '@scorecast/core';
import { selectCategorical } from './select-columns.js';

/**
 * Takes each column's levels, in their order, as ranks from 0: scikit-learn's `OrdinalEncoder(categories=levels)`. A
 * level that does not occur here keeps its rank between the others.
 *
 * @param columns Which categorical columns; all of them by default.
 * @throws TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * const size = categoricalColumn('size', [1, 0], ['small', 'large']);
 * fitOrdinalEncoding(table([size])).columns[0].levels; // => ["small", "large"]
 */
export function fitOrdinalEncoding(source: Table, columns?: readonly string[]): OrdinalEncoding {
  return {
    kind: 'ordinal-encoding',
    columns: selectCategorical(source, columns).map(({ name, levels }) => ({ name, levels })),
  };
}
