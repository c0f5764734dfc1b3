import { mean, type Scaling, type Table } from '@scorecast/core';
import { presentValues } from './present-values.js';
import { selectNumeric } from './select-columns.js';

/**
 * Learns to shift columns to mean 0 and to scale them to standard deviation 1 (divisor n), as scikit-learn's
 * `StandardScaler`: missing values do not count, and a column that is constant but for rounding keeps its scale.
 *
 * @param columns Which numeric columns; all of them by default.
 * @throws TRAIN_EMPTY_COLUMN, TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * fitStandardScaling(table([numericColumn('score', [1, 3])])).columns; // => [{ name: 'score', center: 2, scale: 1 }]
 */
export function fitStandardScaling(source: Table, columns?: readonly string[]): Scaling {
  return {
    kind: 'scaling',
    columns: selectNumeric(source, columns).map((column) => ({
      name: column.name,
      ...standardize(presentValues(column)),
    })),
  };
}

function standardize(values: Float64Array): { center: number; scale: number } {
  const n = values.length;
  const center = mean(values);
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    squares += (values[i] - center) ** 2;
    rest += values[i] - center;
  }
  const variance = (squares - rest ** 2 / n) / n;
  // The error bound of a variance in two passes: T. F. Chan, G. H. Golub and R. J. LeVeque, Am. Stat. 37 (1983).
  const rounding = n * Number.EPSILON * variance + (n * center * Number.EPSILON) ** 2;
  return { center, scale: variance <= rounding ? 1 : Math.sqrt(variance) };
}
