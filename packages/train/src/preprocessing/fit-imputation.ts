import {
  columnOf,
  mean,
  quantile,
  type CategoricalColumn,
  type Imputation,
  type NumericColumn,
  type Table,
} from '@scorecast/core';
import { trainError } from '../train-error.js';
import { levelCounts, presentValues } from './present-values.js';

/** What fills the gaps of a numeric column. */
export type NumericFill = 'median' | 'mean' | 'most-frequent' | { readonly constant: number };

/** What fills the gaps of a categorical column. */
export type CategoricalFill = 'most-frequent' | { readonly constant: string };

/**
 * Learns what to fill gaps with, as scikit-learn's `SimpleImputer` does: among equally frequent values the smallest
 * number or the first text in the order of character codes.
 *
 * @param options.numeric Default `median`.
 * @param options.categorical Default `most-frequent`; a constant must be one of the column's levels.
 * @param options.columns Which columns; all by default.
 * @throws TRAIN_EMPTY_COLUMN when a column has no value to learn from; TRAIN_FILL for a constant that is no level;
 * TABLE_NO_COLUMN
 * @example
 * fitImputation(table([numericColumn('score', [1, NaN, 2, 6])])).columns[0].fill; // => 2
 */
export function fitImputation(
  source: Table,
  {
    numeric = 'median',
    categorical = 'most-frequent',
    columns = source.columns.map((column) => column.name),
  }: {
    readonly numeric?: NumericFill;
    readonly categorical?: CategoricalFill;
    readonly columns?: readonly string[];
  } = {},
): Imputation {
  return {
    kind: 'imputation',
    columns: columns.map((name) => {
      const column = columnOf(source, name);
      return { name, fill: column.kind === 'numeric' ? fillOf(column, numeric) : levelFillOf(column, categorical) };
    }),
  };
}

function fillOf(column: NumericColumn, fill: NumericFill): number {
  if (typeof fill === 'object') return fill.constant;
  const values = presentValues(column);
  switch (fill) {
    case 'median':
      return quantile(values, 0.5);
    case 'mean':
      return mean(values);
    case 'most-frequent':
      return mostFrequent(values.sort());
    default:
      return fill satisfies never;
  }
}

function levelFillOf(column: CategoricalColumn, fill: CategoricalFill): string {
  if (typeof fill === 'object') {
    if (column.levels.includes(fill.constant)) return fill.constant;
    throw trainError('TRAIN_FILL', { column: column.name, fill: fill.constant, levels: column.levels });
  }
  const counts = levelCounts(column);
  const most = Math.max(...counts);
  return column.levels.filter((_, code) => counts[code] === most).reduce((a, b) => (b < a ? b : a));
}

/** The first of the longest runs of equal values. */
function mostFrequent(sorted: Float64Array): number {
  let best = sorted[0];
  let bestLength = 0;
  let start = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] !== sorted[start]) start = i;
    if (i - start >= bestLength) {
      bestLength = i - start + 1;
      best = sorted[i];
    }
  }
  return best;
}
