import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { CellSource } from '@scorecast/core';
import { csvLine } from '../answer/csv-line.js';
import type { CsvCell } from '../input/split-csv.js';
import { ADDED_COLUMNS, type BatchJob, type BatchResult } from './batch-job.js';
import { csvBlocks } from './csv-blocks.js';
import { problemText, refusedCount, type RowScore, type RowScorer } from './row-scorer.js';

/**
 * Writes a CSV file anew with the prediction, its interval, or what is wrong, behind each row. Empty lines are left out. The
 * whole file is looked through first: a file that is refused has no row that was predicted.
 *
 * @throws SERVE_BATCH_UNREADABLE, SERVE_BATCH_TOO_LONG, SERVE_CSV_UNREADABLE
 */
export async function scoreCsv(job: BatchJob, score: RowScorer): Promise<BatchResult> {
  let rows = 0;
  for await (const block of csvBlocks(job)) rows += block.rows.length;
  const counts = { rows, refused: 0 };
  await pipeline(scoredLines(job, score, counts), createWriteStream(job.target));
  return { format: 'csv', ...counts };
}

async function* scoredLines(job: BatchJob, score: RowScorer, counts: { refused: number }): AsyncGenerator<string> {
  const cells: CellSource = job.decimalComma ? 'decimal-comma' : 'text';
  let begins = true;
  for await (const { layout, rows } of csvBlocks(job)) {
    const { separator, columns, known } = layout;
    if (begins) yield csvLine([...columns, ...ADDED_COLUMNS], separator);
    begins = false;
    const records = rows.map((row) => Object.fromEntries(known.map(({ name, at }) => [name, row[at]])));
    const scores = await score(records, cells);
    counts.refused += refusedCount(scores);
    yield rows.map((row, i) => csvLine([...row, ...addedCells(scores[i], job.decimalComma)], separator)).join('');
  }
}

function addedCells(row: RowScore, decimalComma: boolean): readonly CsvCell[] {
  if (!('value' in row)) return [null, null, null, null, problemText(row)];
  const number = (value: number) => {
    if (!Number.isFinite(value)) return null;
    return decimalComma ? String(value).replace('.', ',') : String(value);
  };
  return [row.id, number(row.value), number(row.lower), number(row.upper), null];
}
