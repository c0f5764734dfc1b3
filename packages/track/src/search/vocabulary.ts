import { type RawBuilder, type SqlBool } from 'kysely';

/** A condition of a WHERE. */
export type Condition = RawBuilder<SqlBool>;

/** Compares a value, given as SQL, with the filter's. */
export type Comparison = (value: RawBuilder<unknown>) => Condition;

/** One thing that can be filtered by: it embeds a comparison of its value in a condition on the searched rows. */
export interface Field {
  readonly type: 'number' | 'text';
  /** Whether a number may stand in quotes, as it may for attributes. */
  readonly allowsQuotedNumber?: boolean;
  /**
   * The condition on a row.
   *
   * @param isUnequal Whether the comparison holds for what is not the value, as `!=` and `NOT IN` do.
   */
  where(compare: Comparison, isUnequal: boolean): Condition;
  /**
   * The same where `where` lists all rows for which the comparison holds: this looks at the one row instead, which is
   * quicker when another condition has left few.
   */
  lookUp?(compare: Comparison, isUnequal: boolean): Condition;
}

/** What can be sorted by. */
export interface SortKey {
  /** SQL of the value, with the tables of `joins` at hand. */
  readonly value: RawBuilder<unknown>;
  /** Whether every row has the value; otherwise rows without it come last. */
  readonly certain: boolean;
  /** SQL of a number that is sorted by first, where having no value has kinds. */
  readonly rank?: RawBuilder<unknown>;
  readonly join?: RawBuilder<unknown>;
}

/** The words of one kind of search: what keys mean there. */
export interface Vocabulary {
  /** The field of a key, or what was expected instead of it. */
  field(entity: string | undefined, key: string): Field | string;
  /**
   * The sort key of a key, or what was expected instead of it.
   *
   * @param alias A name for a table that has to be joined.
   */
  sortKey(entity: string | undefined, key: string, alias: string): SortKey | string;
}
