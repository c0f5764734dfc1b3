import type { CellSource, Problem } from '@scorecast/core';

/** Some rows of a file as they were found, by field; rows that cannot be read are left out and are problems. */
export interface RawChunk {
  /** Which row of the file each is, counted from 1. */
  readonly rows: Int32Array;
  /** Per field one value per row; null and undefined are missing. */
  readonly values: readonly (readonly unknown[])[];
  readonly problems: readonly Problem[];
  /** What was noticed for the first time. */
  readonly warnings: readonly string[];
}

/** A file that was looked at and whose rows can now be read. */
export interface RowSource {
  /** The names of the fields whose values come. */
  readonly names: readonly string[];
  /** How many rows the file has, also those that cannot be read. */
  readonly rowCount: number;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** How the values are to be understood. */
  readonly cells: CellSource;
  /** What was noticed before any row was read. */
  readonly warnings: readonly string[];
  chunks(): AsyncGenerator<RawChunk>;
}
