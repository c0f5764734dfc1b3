import { nominalColumn } from '../table/column.js';
import type { Table } from '../table/table.js';
import { columnsByName } from './columns-by-name.js';
import { transformError } from './transform-error.js';
import { refuseUnseen, type UnseenLevels } from './unseen-levels.js';

/**
 * Replaces each categorical column by a single one of level codes, marked as such, for models that tell levels apart
 * without an order of them. Missing becomes NaN.
 */
export interface LevelCodes {
  readonly kind: 'level-codes';
  /** Unseen levels that are ignored are missing. */
  readonly unseen: UnseenLevels;
  /** A level's code is its place in the list. */
  readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
}

/** How many levels a column of level codes may have. */
export const MAX_LEVELS = 1 << 16;

/**
 * Applies the encoding.
 *
 * @throws TRANSFORM_UNSEEN_LEVEL when `unseen` is `error` and a row has another level.
 */
export function encodeLevels(encoding: LevelCodes, source: Table): Table {
  const byName = columnsByName(encoding.columns, source);
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) => {
      const learned = byName.get(column.name);
      if (learned === undefined) return column;
      if (column.kind !== 'categorical') {
        throw transformError('TRANSFORM_COLUMN_KIND', { column: column.name, expected: 'categorical' });
      }
      if (encoding.unseen === 'error') refuseUnseen(column, learned.levels);
      const codes = new Map(learned.levels.map((level, code) => [level, code]));
      const recoded = column.levels.map((level) => codes.get(level) ?? Number.NaN);
      const values = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : recoded[code]));
      return nominalColumn(column.name, values, learned.levels.length);
    }),
  };
}
