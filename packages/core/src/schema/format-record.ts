import type { Column } from '../table/column.js';
import type { Table } from '../table/table.js';

/** A cell as people and JSON read it: a number, a level, or null when missing. */
export type CellValue = number | string | null;

/**
 * One row of a table as a record; the inverse of parsing with `typed` cells.
 *
 * @example
 * rowRecord(table([numericColumn('hours', [5])]), 0); // => { hours: 5 }
 */
export function rowRecord(source: Table, row: number): Readonly<Record<string, CellValue>> {
  return Object.fromEntries(source.columns.map((column) => [column.name, cellValue(column, row)]));
}

function cellValue(column: Column, row: number): CellValue {
  if (column.kind === 'numeric') return Number.isNaN(column.values[row]) ? null : column.values[row];
  return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
}
