import { numericColumn } from '../table/column.js';
import type { Table } from '../table/table.js';
import { columnsByName } from './columns-by-name.js';
import { transformError } from './transform-error.js';

/** Replaces each categorical column by its level's rank, 0 for the lowest. Missing becomes NaN. */
export interface OrdinalEncoding {
  readonly kind: 'ordinal-encoding';
  readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
}

/**
 * Applies the encoding.
 *
 * @throws TRANSFORM_UNSEEN_LEVEL for a level that has no rank.
 */
export function encodeOrdinal(encoding: OrdinalEncoding, source: Table): Table {
  const byName = columnsByName(encoding.columns, source);
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) => {
      const learned = byName.get(column.name);
      if (learned === undefined) return column;
      if (column.kind !== 'categorical') {
        throw transformError('TRANSFORM_COLUMN_KIND', { column: column.name, expected: 'categorical' });
      }
      const ranks = column.levels.map((level) => learned.levels.indexOf(level));
      return numericColumn(
        column.name,
        Float64Array.from(column.codes, (code) => rank(column.name, column.levels, ranks, code)),
      );
    }),
  };
}

function rank(name: string, levels: readonly string[], ranks: readonly number[], code: number): number {
  if (code < 0) return Number.NaN;
  if (ranks[code] < 0) throw transformError('TRANSFORM_UNSEEN_LEVEL', { column: name, level: levels[code] });
  return ranks[code];
}
