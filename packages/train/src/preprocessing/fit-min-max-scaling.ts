import type { Scaling, Table } from '@scorecast/core';
import { presentValues } from './present-values.js';
import { selectNumeric } from './select-columns.js';

/**
 * Learns to bring columns to the range from 0 to 1, as scikit-learn's `MinMaxScaler`: missing values do not count, and
 * a constant column becomes 0.
 *
 * @param columns Which numeric columns; all of them by default.
 * @throws TRAIN_EMPTY_COLUMN, TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * fitMinMaxScaling(table([numericColumn('score', [20, 60])])).columns; // => [{ name: 'score', center: 20, scale: 40 }]
 */
export function fitMinMaxScaling(source: Table, columns?: readonly string[]): Scaling {
  return {
    kind: 'scaling',
    columns: selectNumeric(source, columns).map((column) => {
      const values = presentValues(column);
      const center = values.reduce((a, b) => Math.min(a, b));
      const range = values.reduce((a, b) => Math.max(a, b)) - center;
      return { name: column.name, center, scale: range < 10 * Number.EPSILON ? 1 : range };
    }),
  };
}
