import { sql, type RawBuilder } from 'kysely';
import { filterError } from './filter-error.js';
import { tokenize, type Token } from './tokenize.js';
import { type SortKey, type Vocabulary } from './vocabulary.js';

/** One value that rows are sorted by. */
export interface SortTerm {
  readonly value: RawBuilder<unknown>;
  readonly descending: boolean;
  /** Whether every row has the value; otherwise rows without it come last. */
  readonly certain: boolean;
}

/** How rows are sorted: by the terms in turn, over the joined tables. */
export interface Order {
  readonly joins: readonly RawBuilder<unknown>[];
  readonly terms: readonly SortTerm[];
}

const MAX_KEYS = 20;

/**
 * Reads an order.
 *
 * @param clauses Each `key [ASC|DESC]`.
 * @param last The terms that come after them, so that no two rows are alike.
 * @throws INVALID_PARAMETER_VALUE, with the position and what was expected there.
 */
export function parseOrder(clauses: readonly string[], vocabulary: Vocabulary, last: readonly SortTerm[]): Order {
  if (clauses.length > MAX_KEYS) throw filterError(clauses.join(', '), 0, `at most ${MAX_KEYS} keys to sort by`);
  const joins: RawBuilder<unknown>[] = [];
  const terms: SortTerm[] = [];
  const seen = new Set<string>();
  for (const [index, clause] of clauses.entries()) {
    const { sortKey, name, descending } = readClause(clause, vocabulary, `sorted_${index}`);
    if (seen.has(name)) throw filterError(clause, 0, 'each key to sort by once (`order_by` contains duplicate fields)');
    seen.add(name);
    if (sortKey.join !== undefined) joins.push(sortKey.join);
    if (sortKey.rank !== undefined) terms.push({ value: sortKey.rank, descending: false, certain: true });
    terms.push({ value: sortKey.value, descending, certain: sortKey.certain });
  }
  return { joins, terms: [...terms, ...last] };
}

function readClause(
  clause: string,
  vocabulary: Vocabulary,
  alias: string,
): { readonly sortKey: SortKey; readonly name: string; readonly descending: boolean } {
  const [first, second, third] = tokenize(clause);
  const { entity, key } = keyOf(clause, first);
  const descending = directionOf(clause, second);
  if (second.kind !== 'end' && third.kind !== 'end') throw filterError(clause, third.at, 'the end');
  const sortKey = vocabulary.sortKey(entity, key, alias);
  if (typeof sortKey === 'string') throw filterError(clause, first.at, sortKey);
  return { sortKey, name: `${entity ?? ''}.${key}`, descending };
}

function keyOf(clause: string, token: Token): { readonly entity: string | undefined; readonly key: string } {
  if (token.kind === 'name') return token;
  if (token.kind === 'text' && token.quote === '"') return { entity: undefined, key: token.value };
  throw filterError(clause, token.at, 'a key such as metrics.rmse or start_time');
}

function directionOf(clause: string, token: Token): boolean {
  if (token.kind === 'end') return false;
  const word = token.kind === 'name' && token.entity === undefined ? token.key.toUpperCase() : '';
  if (word !== 'ASC' && word !== 'DESC') throw filterError(clause, token.at, 'ASC or DESC');
  return word === 'DESC';
}

/** The order as SQL. */
export function orderSql(terms: readonly SortTerm[]): RawBuilder<unknown> {
  const parts = terms.map(({ value, descending, certain }) => {
    const direction = descending ? sql`desc` : sql`asc`;
    return certain ? sql`${value} ${direction}` : sql`${value} ${direction} nulls last`;
  });
  return sql.join(parts, sql`, `);
}
