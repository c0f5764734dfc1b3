import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { type Dialect } from './database.js';

/**
 * That a column holds one of some values.
 *
 * The values are one param whatever their number, so the statement's text stays the same and is compiled once.
 *
 * @param column The column's name, `runs.run_uuid` for example and never a user's text, or SQL.
 */
export function among(
  dialect: Dialect,
  column: string | RawBuilder<unknown>,
  values: readonly (string | number)[],
): RawBuilder<SqlBool> {
  const ref = typeof column === 'string' ? sql.ref(column) : column;
  // PostgreSQL takes the type of a value from the column, and a whole number's column takes no fraction.
  const hasFraction = values.some((value) => typeof value === 'number' && !Number.isSafeInteger(value));
  // Rows that are equal in a column stay in the order of an index; rows that are one of several do not.
  if (values.length === 1 && !hasFraction) return sql<SqlBool>`${ref} = ${values[0]}`;
  if (dialect === 'sqlite') return sql<SqlBool>`${ref} in (select value from json_each(${JSON.stringify(values)}))`;
  const list = hasFraction ? sql`cast(${[...values]} as double precision[])` : sql`${[...values]}`;
  return sql<SqlBool>`${ref} = any(${list})`;
}
