import type { Column } from './column.js';
import type { Table } from './table.js';

/**
 * The rows with these indices, in this order; an index may repeat (as in a bootstrap sample).
 *
 * @param rows Row indices, each from 0 to `source.rowCount - 1`.
 * @example
 * takeRows(table([numericColumn('x', [5, 6, 7])]), [2, 0]).rowCount; // => 2
 */
export function takeRows(source: Table, rows: ArrayLike<number>): Table {
  return { rowCount: rows.length, columns: source.columns.map((column) => takeColumnRows(column, rows)) };
}

function takeColumnRows(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'numeric') return { ...column, values: takeValues(column.values, rows) };
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return { ...column, codes };
}

/** The values at these indices, in this order. */
export function takeValues(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
  return taken;
}
