import type { Table } from '../table/table.js';
import { columnsByName } from './columns-by-name.js';
import { transformError } from './transform-error.js';

/** Shifts and scales numeric columns: `(x - center) / scale`. Standard and min-max scaling are both this. */
export interface Scaling {
  readonly kind: 'scaling';
  readonly columns: readonly { readonly name: string; readonly center: number; readonly scale: number }[];
}

/** Applies the scaling; missing values stay missing. */
export function rescale(scaling: Scaling, source: Table): Table {
  const byName = columnsByName(scaling.columns, source);
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) => {
      const learned = byName.get(column.name);
      if (learned === undefined) return column;
      if (column.kind !== 'numeric') {
        throw transformError('TRANSFORM_COLUMN_KIND', { column: column.name, expected: 'numeric' });
      }
      return { ...column, values: column.values.map((value) => (value - learned.center) / learned.scale) };
    }),
  };
}
