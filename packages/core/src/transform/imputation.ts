import type { Column } from '../table/column.js';
import type { Table } from '../table/table.js';
import { columnsByName } from './columns-by-name.js';
import { transformError } from './transform-error.js';

/** Fills gaps: a number for a numeric column, a level for a categorical one. */
export interface Imputation {
  readonly kind: 'imputation';
  readonly columns: readonly { readonly name: string; readonly fill: number | string }[];
}

/** Replaces missing values by the learned ones. */
export function fillMissing(imputation: Imputation, source: Table): Table {
  const byName = columnsByName(imputation.columns, source);
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) => {
      const learned = byName.get(column.name);
      return learned === undefined ? column : fillColumn(column, learned.fill);
    }),
  };
}

function fillColumn(column: Column, fill: number | string): Column {
  if (column.kind === 'numeric') {
    if (typeof fill !== 'number') {
      throw transformError('TRANSFORM_COLUMN_KIND', { column: column.name, expected: 'categorical' });
    }
    return { ...column, values: column.values.map((value) => (Number.isNaN(value) ? fill : value)) };
  }
  const code = column.levels.indexOf(String(fill));
  if (code < 0) throw transformError('TRANSFORM_UNSEEN_LEVEL', { column: column.name, level: String(fill) });
  return { ...column, codes: column.codes.map((value) => (value < 0 ? code : value)) };
}
