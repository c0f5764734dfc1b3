/** How a key is compared with a value. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN';

/** What a key is compared with. */
export type FilterValue = string | number | readonly (string | number)[];

/** One comparison: `metrics.rmse < 0.5`. */
export interface Comparison {
  readonly kind: 'comparison';
  /** What stands before the first dot: `metrics`. */
  readonly entity: string | undefined;
  readonly key: string;
  readonly operator: Operator;
  readonly value: FilterValue;
  /** Where the key and the value begin in the filter, from 0; errors point there. */
  readonly keyAt: number;
  readonly valueAt: number;
}

/** Filters joined by AND or OR. */
export interface Combination {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Filter[];
}

/** A filter: comparisons joined by AND, which binds tighter, and OR. */
export type Filter = Comparison | Combination;
