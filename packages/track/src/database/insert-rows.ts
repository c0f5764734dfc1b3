import { CompiledQuery } from 'kysely';
import { type Dialect, type Queries } from './database.js';

/** Rows per statement on SQLite: few sizes, so that few statements are compiled, and all of them are kept. */
const SIZES = [256, 64, 16, 4, 1] as const;

/**
 * Inserts rows, many per statement.
 *
 * @param into The table and its columns: `params (key, value, run_uuid)`.
 * @param rows Their values, in the order of the columns.
 * @param end What to do with a row that is there already, such as `on conflict do nothing`.
 * @returns how many rows were written.
 */
export async function insertRows(
  queries: Queries,
  dialect: Dialect,
  into: string,
  rows: readonly (readonly unknown[])[],
  end = '',
): Promise<number> {
  if (rows.length === 0) return 0;
  if (dialect === 'postgres') return written(queries, asOneValue(into, rows, end));
  let count = 0;
  let first = 0;
  for (const size of SIZES) {
    for (; rows.length - first >= size; first += size) {
      const chunk = rows.slice(first, first + size);
      const marks = `(${chunk[0].map(() => '?').join(', ')})`;
      const text = `insert into ${into} values ${chunk.map(() => marks).join(', ')} ${end}`;
      count += await written(queries, CompiledQuery.raw(text, chunk.flat()));
    }
  }
  return count;
}

/** All rows as one param, of the types that the table's columns have: one statement for any number of rows. */
function asOneValue(into: string, rows: readonly (readonly unknown[])[], end: string): CompiledQuery {
  const [, table = '', list = ''] = /^(\w+) \((.+)\)$/u.exec(into) ?? [];
  const columns = list.split(', ');
  const objects = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  const json = JSON.stringify(objects, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const text = `insert into ${into} select ${list} from json_populate_recordset(null::${table}, $1::json) ${end}`;
  return CompiledQuery.raw(text, [json]);
}

async function written(queries: Queries, query: CompiledQuery): Promise<number> {
  const { numAffectedRows } = await queries.executeQuery(query);
  return Number(numAffectedRows ?? 0);
}
