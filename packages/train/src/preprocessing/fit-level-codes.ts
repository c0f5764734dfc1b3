import { MAX_LEVELS, type LevelCodes, type Table, type UnseenLevels } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { levelCounts } from './present-values.js';
import { selectCategorical } from './select-columns.js';

/**
 * Learns which levels occur: each gets a code, from 0 on, in the order of the column's levels. The columns stay whole, for
 * estimators that part levels by sets instead of values by thresholds.
 *
 * @param options.unseen What a level means that did not occur here: `ignore` (default), a missing value, or `error`.
 * @param options.columns Which categorical columns; all of them by default.
 * @throws TRAIN_LEVELS for a column of more than 65536 levels; TRAIN_EMPTY_COLUMN, TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * fitLevelCodes(table([categoricalColumn('lunch', [1, 1, -1], ['standard', 'free', 'none'])])).columns[0].levels; // => ["free"]
 */
export function fitLevelCodes(
  source: Table,
  { unseen = 'ignore', columns }: { readonly unseen?: UnseenLevels; readonly columns?: readonly string[] } = {},
): LevelCodes {
  return {
    kind: 'level-codes',
    unseen,
    columns: selectCategorical(source, columns).map((column) => {
      const counts = levelCounts(column);
      const levels = column.levels.filter((_, code) => counts[code] > 0);
      if (levels.length > MAX_LEVELS) {
        throw trainError('TRAIN_LEVELS', { column: column.name, levels: levels.length, limit: MAX_LEVELS });
      }
      return { name: column.name, levels };
    }),
  };
}
