import { sql } from 'kysely';
import { type Field, type SortKey } from './vocabulary.js';

/**
 * A param or tag: a row of another table with a key and a text. Rows without the key match nothing, not even `!=`.
 *
 * @param owner The column of the searched table that the other table's `ownerKey` refers to.
 */
export function entryField(owner: string, table: string, ownerKey: string, key: string): Field {
  return {
    type: 'text',
    where: (compare) =>
      sql`${sql.ref(owner)} in (select ${sql.ref(ownerKey)} from ${sql.table(table)} where key = ${key} and ${compare('value')})`,
  };
}

/** The text of a param or tag to sort by. */
export function entrySortKey(owner: string, table: string, ownerKey: string, key: string, alias: string): SortKey {
  return {
    value: sql.ref(`${alias}.value`),
    certain: false,
    join: sql`left join ${sql.table(table)} as ${sql.ref(alias)}
      on ${sql.ref(`${alias}.${ownerKey}`)} = ${sql.ref(owner)} and ${sql.ref(`${alias}.key`)} = ${key}`,
  };
}
