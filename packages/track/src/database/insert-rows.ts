import { CompiledQuery } from 'kysely';
import { type Dialect, type Queries } from './database.js';

/** Rows per statement; SQLite takes 32766 params and PostgreSQL 65535. */
const CHUNK = 250;

/**
 * Inserts rows, many per statement.
 *
 * @param start SQL up to the values: `insert into params (key, value, run_uuid)`.
 * @param end SQL after them, such as `on conflict do nothing`.
 * @returns how many rows were written.
 */
export async function insertRows(
  queries: Queries,
  dialect: Dialect,
  start: string,
  rows: readonly (readonly unknown[])[],
  end = '',
): Promise<number> {
  let written = 0;
  for (let first = 0; first < rows.length; first += CHUNK) {
    const chunk = rows.slice(first, first + CHUNK);
    const marks = `(${chunk[0].map(() => '?').join(', ')})`;
    const text = `${start} values ${chunk.map(() => marks).join(', ')} ${end}`;
    const query = CompiledQuery.raw(dialect === 'sqlite' ? text : numbered(text), chunk.flat());
    const { numAffectedRows } = await queries.executeQuery(query);
    written += Number(numAffectedRows ?? 0);
  }
  return written;
}

/** PostgreSQL counts its params: $1, $2. */
function numbered(text: string): string {
  let count = 0;
  return text.replace(/\?/gu, () => `$${(count += 1)}`);
}
