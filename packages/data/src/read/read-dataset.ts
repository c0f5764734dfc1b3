import type { Column, Schema, Table } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { DatasetBuilder } from './dataset-builder.js';
import type { Dataset } from './dataset.js';
import { openRows } from './open-rows.js';
import { chunkParser } from './parse-chunk.js';
import type { ReadOptions } from './read-options.js';
import { schemaFieldsWanted } from './schema-fields-wanted.js';

/**
 * Reads a file into columns and checks every cell against the schema: CSV, JSON lines or Parquet.
 *
 * Columns are found by name or alias, to the letter; others are ignored with a warning. In CSV an unquoted empty cell is
 * missing, a quoted one is an empty text, and a word such as `none` is a value like any other.
 *
 * @throws DATA_COLUMNS when the columns are not the schema's; DATA_INVALID with every problem of every row, unless rows
 * with problems are to be dropped; DATA_NO_ROWS; DATA_CONSTANT_TARGET; and others of `dataErrors` for damaged files.
 */
export async function readDataset(path: string, schema: Schema, options: ReadOptions = {}): Promise<Dataset> {
  const fields = schemaFieldsWanted(schema, true);
  const source = await openRows(path, { fields, passedOver: new Set() }, options);
  const parse = chunkParser(schema.identifiers.length, [...schema.features, schema.target], source.cells);
  const builder = new DatasetBuilder(schema, source.rowCount);
  const warnings: string[] = [...source.warnings];
  for await (const raw of source.chunks()) {
    options.signal?.throwIfAborted();
    builder.add(parse(raw));
    warnings.push(...raw.warnings);
    options.onProgress?.(builder.rowCount + builder.problemRows);
  }
  const { problems, problemCount, problemRows } = builder;
  if (problemCount > 0 && options.onInvalid !== 'drop') {
    throw dataError('DATA_INVALID', { path, problems, problemCount, rows: problemRows });
  }
  if (builder.rowCount === 0) throw dataError('DATA_NO_ROWS', { path, rows: source.rowCount });
  const columns = builder.build();
  checkTarget(path, schema, columns.target);
  return {
    ...columns,
    fileRows: source.rowCount,
    sha256: source.sha256,
    dropped: { rows: problemRows, problems, problemCount },
    warnings: [...warnings, ...constantColumns(columns.features)],
  };
}

/** One row alone is no constant: whoever needs more rows says so. */
function checkTarget(path: string, schema: Schema, target: Float64Array): void {
  if (target.length === 1 || target.some((value) => value !== target[0])) return;
  throw dataError('DATA_CONSTANT_TARGET', { path, column: schema.target.name, value: target[0] });
}

function constantColumns(features: Table): readonly string[] {
  return features.columns
    .filter((column) => isConstant(column))
    .map((column) => `feature ${JSON.stringify(column.name)} is the same in every row: nothing can be learned from it`);
}

function isConstant(column: Column): boolean {
  return column.kind === 'numeric'
    ? column.values.every((value) => Object.is(value, column.values[0]))
    : column.codes.every((code) => code === column.codes[0]);
}
