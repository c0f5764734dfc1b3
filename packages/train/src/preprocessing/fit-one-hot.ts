import type { OneHot, Table, UnseenLevels } from '@scorecast/core';
import { levelCounts } from './present-values.js';
import { selectCategorical } from './select-columns.js';

/**
 * Learns which levels occur: each becomes a 0/1 column, in the order of the column's levels. As scikit-learn's
 * `OneHotEncoder`, but for that order (scikit-learn sorts).
 *
 * @param options.unseen What a level means that did not occur here: `ignore` (default), all zeros, or `error`.
 * @param options.columns Which categorical columns; all of them by default.
 * @throws TRAIN_EMPTY_COLUMN, TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * fitOneHot(table([categoricalColumn('lunch', [1, 1, -1], ['standard', 'free', 'none'])])).columns[0].levels; // => ["free"]
 */
export function fitOneHot(
  source: Table,
  { unseen = 'ignore', columns }: { readonly unseen?: UnseenLevels; readonly columns?: readonly string[] } = {},
): OneHot {
  return {
    kind: 'one-hot',
    unseen,
    columns: selectCategorical(source, columns).map((column) => {
      const counts = levelCounts(column);
      return { name: column.name, levels: column.levels.filter((_, code) => counts[code] > 0) };
    }),
  };
}
