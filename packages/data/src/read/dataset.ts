import type { Problem, Table } from '@scorecast/core';
import type { IdentifierColumn } from './scan-file.js';

/** The valid rows of a file, and what is known about the file. */
export interface Dataset {
  /** The schema's features, in its order. */
  readonly features: Table;
  /** One number per row. */
  readonly target: Float64Array;
  readonly identifiers: readonly IdentifierColumn[];
  /** Which row of the file each is, counted from 1. */
  readonly rowNumbers: Int32Array;
  /** How many rows the file has, with those that were dropped. */
  readonly fileRows: number;
  /** Of the file's bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly dropped: DroppedRows;
  /** What deserves a look: columns that were ignored, features that are the same in every row. */
  readonly warnings: readonly string[];
}

/** The rows that were left out of a {@link Dataset}. */
export interface DroppedRows {
  readonly rows: number;
  /** The first 1000. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}
