import type { Prediction } from '@scorecast/core';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { serveError } from '../serve-error.js';
import { ADDED_COLUMNS, type BatchJob, type BatchResult } from './batch-job.js';
import { readHeader } from './read-header.js';
import { problemText, refusedCount, type RowScore, type RowScorer } from './row-scorer.js';
import { tooManyRows } from './too-many-rows.js';

const ADDED: readonly SchemaElement[] = ADDED_COLUMNS.map((name) =>
  name === 'problems' || name === 'prediction_id'
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
    : { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' },
);

/**
 * Writes a Parquet file anew with the prediction, its interval, or what is wrong, beside each row, row group by row group.
 *
 * @throws SERVE_BATCH_UNREADABLE, SERVE_BATCH_TOO_LONG
 */
export async function scoreParquet(
  { source, target, bundle, maxRows }: BatchJob,
  score: RowScorer,
): Promise<BatchResult> {
  const file = await asyncBufferFromFile(source);
  const metadata = await readable(() => parquetMetadataAsync(file));
  if (metadata.num_rows > maxRows) throw tooManyRows(maxRows);
  const [root, ...columns] = metadata.schema;
  requireFlat(columns);
  const known = readHeader(
    columns.map(({ name }) => name),
    bundle.schema,
  );
  const names = columns.map(({ name }) => name);
  const writer = fileWriter(target);
  const schema = [{ ...root, num_children: columns.length + ADDED.length }, ...columns, ...ADDED];
  const output = new ParquetWriter({ writer, schema, createdBy: 'scorecast' });
  const counts = { rows: 0, refused: 0 };
  for (const group of metadata.row_groups) {
    const range = { rowStart: counts.rows, rowEnd: counts.rows + Number(group.num_rows) };
    const rows = await readable(() => parquetReadObjects({ file, metadata, compressors, ...range }));
    const records = rows.map((row) => Object.fromEntries(known.map(({ name, at }) => [name, typed(row[names[at]])])));
    const scores = await score(records, 'typed');
    counts.rows += rows.length;
    counts.refused += refusedCount(scores);
    const carried = names.map((name) => ({ name, data: rows.map((row): unknown => row[name]) }));
    await output.write({
      columnData: [...carried, ...addedColumns(scores)],
      rowGroupSize: Math.max(1, rows.length),
    });
  }
  await output.finish();
  return { format: 'parquet', ...counts };
}

function addedColumns(rows: readonly RowScore[]) {
  const numbers = (of: (prediction: Prediction) => number) =>
    rows.map((row) => ('value' in row && Number.isFinite(of(row)) ? of(row) : null));
  return [
    { name: 'prediction_id', data: rows.map((row) => ('value' in row ? row.id : null)) },
    { name: 'prediction', data: numbers(({ value }) => value) },
    { name: 'lower', data: numbers(({ lower }) => lower) },
    { name: 'upper', data: numbers(({ upper }) => upper) },
    { name: 'problems', data: rows.map((row) => ('value' in row ? null : problemText(row))) },
  ];
}

/** @throws SERVE_BATCH_UNREADABLE for lists and structures in cells. */
function requireFlat(columns: readonly SchemaElement[]): void {
  const nested = columns.find(
    ({ num_children, repetition_type }) => (num_children ?? 0) > 0 || repetition_type === 'REPEATED',
  );
  if (nested === undefined) return;
  throw serveError('SERVE_BATCH_UNREADABLE', {
    reason: `its column ${JSON.stringify(nested.name)} holds lists or structures`,
    expected: 'a flat table',
  });
}

/** Whole numbers of 64 bits come as bigint; features are numbers or texts. */
function typed(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** Whatever the reader makes of damaged bytes is the file's fault. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw serveError(
      'SERVE_BATCH_UNREADABLE',
      { reason: 'it is not whole, or uses what is not known here', expected: 'a Parquet file' },
      { cause },
    );
  }
}
