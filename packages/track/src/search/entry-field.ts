import { sql, type RawBuilder } from 'kysely';
import { type Condition, type Field, type SortKey } from './vocabulary.js';

/** A table of keys and texts that belong to the rows of another: params and tags. */
export interface Entries {
  readonly table: string;
  /** Pairs of a column of the searched table and the column of this one that refers to it. */
  readonly refers: readonly (readonly [owner: string, reference: string])[];
  readonly keyColumn?: string;
  readonly valueColumn?: string;
}

/** A param or tag. Rows without the key match nothing, not even `!=`. */
export function entryField(entries: Entries, key: string): Field {
  const { table, keyColumn = 'key', valueColumn = 'value', refers } = entries;
  const owner = tuple(refers.map(([column]) => sql.ref(column)));
  const reference = sql.join(refers.map(([, column]) => sql.ref(column)));
  return {
    type: 'text',
    where: (compare) => sql`${owner} in (select ${reference} from ${sql.table(table)}
      where ${sql.ref(keyColumn)} = ${key} and ${compare(sql.ref(valueColumn))})`,
    lookUp: (compare) => sql`exists (select 1 from ${sql.table(table)} as noted where ${keyed(entries, key, 'noted')}
      and ${compare(sql.ref(`noted.${valueColumn}`))})`,
  };
}

/** The text of a param or tag to sort by. */
export function entrySortKey(entries: Entries, key: string, alias: string): SortKey {
  const { table, valueColumn = 'value' } = entries;
  return {
    value: sql.ref(`${alias}.${valueColumn}`),
    certain: false,
    join: sql`left join ${sql.table(table)} as ${sql.ref(alias)} on ${keyed(entries, key, alias)}`,
  };
}

/** The text of a key for each row; null for rows without it. */
export function entryValue(entries: Entries, key: string): RawBuilder<unknown> {
  const { table, valueColumn = 'value' } = entries;
  return sql`(select ${sql.ref(`noted.${valueColumn}`)} from ${sql.table(table)} as noted
    where ${keyed(entries, key, 'noted')})`;
}

/** That an entry has the key and belongs to the row. */
function keyed({ keyColumn = 'key', refers }: Entries, key: string, alias: string): Condition {
  const links = refers.map(([owner, reference]) => sql`${sql.ref(`${alias}.${reference}`)} = ${sql.ref(owner)}`);
  return sql`${sql.join([sql`${sql.ref(`${alias}.${keyColumn}`)} = ${key}`, ...links], sql` and `)}`;
}

function tuple(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 1 ? parts[0] : sql`(${sql.join(parts)})`;
}
