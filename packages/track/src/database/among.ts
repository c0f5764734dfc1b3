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
  if (values.length === 1) return sql<SqlBool>`${ref} = ${values[0]}`;
  if (dialect === 'sqlite') return sql<SqlBool>`${ref} in (select value from json_each(${JSON.stringify(values)}))`;
  return sql<SqlBool>`${ref} = any(${[...values]})`;
}
