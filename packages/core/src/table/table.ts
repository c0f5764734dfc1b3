import { columnLength, type Column, type NumericColumn } from './column.js';
import { tableError } from './table-error.js';

/** Rows and columns, stored by column. All columns have `rowCount` rows and different names. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/**
 * Makes a table; `rowCount` is only needed where there may be no column.
 *
 * @throws TABLE_SHAPE when columns differ in length or share a name.
 * @example
 * table([numericColumn('x', [1, 2, 3])]).rowCount; // => 3
 */
export function table(columns: readonly Column[], rowCount = firstLength(columns)): Table {
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) throw tableError('TABLE_SHAPE', { column: column.name, found: 'the same name twice' });
    names.add(column.name);
    const length = columnLength(column);
    if (length !== rowCount) {
      throw tableError('TABLE_SHAPE', { column: column.name, found: `${length} rows where the table has ${rowCount}` });
    }
  }
  return { rowCount, columns };
}

function firstLength(columns: readonly Column[]): number {
  const first = columns[0];
  return first === undefined ? 0 : columnLength(first);
}

/**
 * The column of that name.
 *
 * @throws TABLE_NO_COLUMN
 */
export function columnOf(source: Table, name: string): Column {
  const column = source.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw tableError('TABLE_NO_COLUMN', { column: name, available: source.columns.map((other) => other.name) });
  }
  return column;
}

/**
 * All columns of a table in which every column is numeric: what models predict from.
 *
 * @throws TABLE_NOT_NUMERIC naming the first categorical column.
 */
export function numericColumns(source: Table): readonly NumericColumn[] {
  return source.columns.map((column) => {
    if (column.kind !== 'numeric') throw tableError('TABLE_NOT_NUMERIC', { column: column.name });
    return column;
  });
}
