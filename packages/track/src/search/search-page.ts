import { sql, type RawBuilder } from 'kysely';
import { type Queries } from '../database/database.js';
import { type Order, orderSql, type SortTerm } from './order-by.js';
import { encodePageToken, type PageStart, type SortValue } from './page-token.js';
import { type Condition } from './vocabulary.js';

/** A search in one table. */
export interface PageQuery {
  /** The searched table; its columns are all selected. */
  readonly table: string;
  readonly conditions: readonly Condition[];
  readonly order: Order;
  readonly start: PageStart;
  readonly maxResults: number;
  /**
   * Whether only the places of rows are sorted where tables are joined, and rows fetched for the page alone. PostgreSQL,
   * which calls them `ctid`, would copy every row to be sorted; SQLite does not.
   */
  readonly sortsPlaces?: boolean;
  /** Whether a full page has a token even when nothing follows, as MLflow's runs do. */
  readonly fullPageHasNext?: boolean;
}

/** The rows of a page, and the token of the next one while there is one. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly nextPageToken?: string;
}

/** The values that a row was sorted by stand beside its columns. */
type Sorted<Row> = Row & Readonly<Record<`sort_${number}`, SortValue>>;

/**
 * Reads a page of rows.
 *
 * A page begins after the last row of the one before, found by the values that it was sorted by: no row is skipped or
 * shown twice when others come and go meanwhile, and the database need not count past the earlier pages.
 */
export async function searchPage<Row>(queries: Queries, query: PageQuery): Promise<RowPage<Row>> {
  const { order, start, maxResults, table } = query;
  const { terms } = order;
  const after = start.after?.length === terms.length ? start.after : undefined;
  const conditions = after === undefined ? query.conditions : [...query.conditions, isAfter(terms, after)];
  const sortColumns = terms.map(({ value }, index) => sql`, ${value} as ${sortColumn(index)}`);
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const offset = after === undefined && start.offset > 0 ? sql`offset ${start.offset}` : sql``;
  const select = (columns: RawBuilder<unknown>) => sql<Sorted<Row>>`
    select ${columns} ${joined(sortColumns)} from ${sql.table(table)} ${joined(order.joins)} ${where}
    order by ${orderSql(terms)} limit ${maxResults + 1} ${offset}`;
  const { rows } = await (
    query.sortsPlaces === true && order.joins.length > 0
      ? rowsAt(query, select(sql`${sql.ref(`${table}.ctid`)} as place`))
      : select(sql`${sql.table(table)}.*`)
  ).execute(queries);
  const hasNext = rows.length > maxResults || (query.fullPageHasNext === true && rows.length === maxResults);
  if (!hasNext) return { rows };
  const page = rows.slice(0, maxResults);
  return { rows: page, nextPageToken: tokenAfter(page, terms, start.offset) };
}

/** The rows of a page whose places were found. */
function rowsAt<Row>({ table, order }: PageQuery, found: RawBuilder<Sorted<Row>>): RawBuilder<Sorted<Row>> {
  const terms = order.terms.map((term, index) => ({ ...term, value: sortColumn(index) }));
  return sql<Sorted<Row>>`
    with page as (${found}) select ${sql.table(table)}.*, page.* from page
    join ${sql.table(table)} on ${sql.ref(`${table}.ctid`)} = page.place order by ${orderSql(terms)}`;
}

function sortColumn(index: number): RawBuilder<unknown> {
  return sql.ref(`sort_${index}`);
}

function joined(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 0 ? sql`` : sql.join(parts, sql` `);
}

function tokenAfter<Row>(page: readonly Sorted<Row>[], terms: readonly SortTerm[], offset: number): string {
  const last = page[page.length - 1];
  return encodePageToken({ offset: offset + page.length, after: terms.map((_, index) => last[`sort_${index}`]) });
}

/** That a row comes after the one with these values. */
function isAfter(terms: readonly SortTerm[], values: readonly SortValue[]): Condition {
  const first = terms[0];
  const after = isAfterFrom(0, terms, values);
  if (!first.certain) return after;
  // Alone this says no more, but an index can start from it.
  return sql`${first.value} ${sql.raw(first.descending ? '<=' : '>=')} ${values[0]} and ${after}`;
}

function isAfterFrom(index: number, terms: readonly SortTerm[], values: readonly SortValue[]): Condition {
  if (index === terms.length) return sql`1 = 0`;
  const { value, descending, certain } = terms[index];
  const last = values[index];
  const rest = isAfterFrom(index + 1, terms, values);
  // What has no value comes last, so that only more of the kind comes after it.
  if (last === null) return sql`(${value} is null and ${rest})`;
  const beyond = sql`${value} ${sql.raw(descending ? '<' : '>')} ${last}`;
  const none = certain ? sql`` : sql`or ${value} is null`;
  return sql`(${beyond} ${none} or (${value} = ${last} and ${rest}))`;
}
