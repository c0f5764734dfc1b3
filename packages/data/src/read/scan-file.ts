import { featureColumn, type Problem, type Schema, type Table } from '@scorecast/core';
import { openRows } from './open-rows.js';
import { chunkParser } from './parse-chunk.js';
import type { ReadOptions } from './read-options.js';
import { schemaFieldsWanted } from './schema-fields-wanted.js';

/** The values of an identifier, one per row; null where the file has none. */
export interface IdentifierColumn {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Some consecutive rows of a file. */
export interface FileChunk {
  /** The schema's features, in its order; only rows without a problem. */
  readonly features: Table;
  readonly identifiers: readonly IdentifierColumn[];
  /** Which row of the file each is, counted from 1. */
  readonly rowNumbers: Int32Array;
  /** Of the rows that were left out, in the order of rows. */
  readonly problems: readonly Problem[];
  /** What was noticed for the first time, such as columns that were ignored. */
  readonly warnings: readonly string[];
}

/**
 * Reads the features of a file a few thousand rows at a time, in constant memory. The target may be missing and is not
 * looked at. Rows with problems are left out and reported; `onInvalid` is not used.
 *
 * @throws DATA_* errors for files that cannot be read at all.
 */
export async function* scanFile(path: string, schema: Schema, options: ReadOptions = {}): AsyncGenerator<FileChunk> {
  const { target } = schema;
  const source = await openRows(
    path,
    { fields: schemaFieldsWanted(schema, false), passedOver: new Set([target.name, ...target.aliases]) },
    options,
  );
  const parse = chunkParser(schema.identifiers.length, schema.features, source.cells);
  let rowsRead = 0;
  let { warnings } = source;
  for await (const raw of source.chunks()) {
    options.signal?.throwIfAborted();
    const chunk = parse(raw);
    yield {
      features: {
        rowCount: chunk.rows.length,
        columns: schema.features.map((feature, f) => featureColumn(feature, chunk.cells[f])),
      },
      identifiers: schema.identifiers.map(({ name }, i) => ({ name, values: chunk.texts[i] })),
      rowNumbers: chunk.rows,
      problems: chunk.problems,
      warnings: [...warnings, ...raw.warnings],
    };
    warnings = [];
    rowsRead += raw.rows.length + raw.problems.length;
    options.onProgress?.(rowsRead);
  }
}
