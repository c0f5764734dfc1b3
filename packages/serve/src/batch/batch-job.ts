import type { Bundle, Prediction, Problem, Table } from '@scorecast/core';

/** What a worker is given: a file to read, a file to write, and the bundle to predict with. */
export interface BatchJob {
  readonly source: string;
  readonly target: string;
  readonly bundle: Bundle;
  /** Whether a CSV file writes numbers as 3,5. */
  readonly decimalComma: boolean;
  readonly maxRows: number;
}

/** The kinds of file that can be scored; the answer is of the same kind. */
export type BatchFormat = 'csv' | 'parquet';

/** What a batch came to. */
export interface BatchResult {
  readonly format: BatchFormat;
  readonly rows: number;
  /** Rows without a prediction; each says why. */
  readonly refused: number;
}

/** Rows as they were scored, for what is counted and logged. */
interface ScoredRows {
  /** The features of the rows that were predicted. */
  readonly features: Table;
  readonly predictions: readonly Prediction[];
  readonly problems: readonly Problem[];
  /** The identifiers of the rows that were predicted, by name; a log may keep them. */
  readonly identifiers: readonly unknown[];
}

/** Tells of scored rows; gives the id of the answer that they are, of which prediction `i` is `<id>.<i>`. */
export type ScoredListener = (scored: ScoredRows) => Promise<string>;

/** What a worker says; to scored rows it awaits their id, so that it does not run ahead of what is counted and logged. */
export type BatchMessage =
  | ({ readonly kind: 'scored' } & ScoredRows)
  | { readonly kind: 'done'; readonly result: BatchResult }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** An error of ours on its way between threads, which lose the class of what they are sent. */
interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly exitCode: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The columns that are added to each row, in this order. */
export const ADDED_COLUMNS = ['prediction_id', 'prediction', 'lower', 'upper', 'problems'] as const;
