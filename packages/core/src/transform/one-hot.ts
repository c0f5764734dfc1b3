import { numericColumn, type CategoricalColumn, type Column } from '../table/column.js';
import type { Table } from '../table/table.js';
import { columnsByName } from './columns-by-name.js';
import { transformError } from './transform-error.js';
import { refuseUnseen, type UnseenLevels } from './unseen-levels.js';

/** Replaces each categorical column by one 0/1 column per learned level, named `column=level`. Missing is all zeros. */
export interface OneHot {
  readonly kind: 'one-hot';
  /** Unseen levels that are ignored are all zeros. */
  readonly unseen: UnseenLevels;
  readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
}

/**
 * Applies the encoding.
 *
 * @throws TRANSFORM_UNSEEN_LEVEL when `unseen` is `error` and a row has another level.
 */
export function encodeOneHot(encoding: OneHot, source: Table): Table {
  const byName = columnsByName(encoding.columns, source);
  return {
    rowCount: source.rowCount,
    columns: source.columns.flatMap((column): readonly Column[] => {
      const learned = byName.get(column.name);
      if (learned === undefined) return [column];
      if (column.kind !== 'categorical') {
        throw transformError('TRANSFORM_COLUMN_KIND', { column: column.name, expected: 'categorical' });
      }
      if (encoding.unseen === 'error') refuseUnseen(column, learned.levels);
      return learned.levels.map((level) => indicator(column, level));
    }),
  };
}

function indicator(column: CategoricalColumn, level: string): Column {
  const code = column.levels.indexOf(level);
  const values = new Float64Array(column.codes.length);
  if (code >= 0) for (let i = 0; i < values.length; i++) values[i] = column.codes[i] === code ? 1 : 0;
  return numericColumn(`${column.name}=${level}`, values);
}
