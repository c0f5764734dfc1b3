import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { formatProblem, type CellSource, type Prediction, type Problem, type Schema } from '@scorecast/core';
import { csvLine } from '../answer/csv-line.js';
import { splitCsv, type CsvCell } from '../input/split-csv.js';
import { serveError } from '../serve-error.js';
import { ADDED_COLUMNS, type BatchJob, type BatchResult, type ScoredRows } from './batch-job.js';
import { knownColumns, readHeader, type FeatureColumn } from './read-header.js';
import type { RowScorer } from './row-scorer.js';
import { tooManyRows } from './too-many-rows.js';
import { wholeLines } from './whole-lines.js';

/** What may stand between cells: whichever finds the most fields of the schema in the first line. */
const SEPARATORS = [',', ';', '\t'];

/** How much is read, and scored, at a time: about three thousand rows. */
const PIECE_BYTES = 256 * 1024;

/** How a file is laid out, as its first line shows. */
interface Layout {
  readonly separator: string;
  readonly columns: readonly string[];
  readonly features: readonly FeatureColumn[];
}

/**
 * Writes a CSV file anew with the prediction, its interval, or what is wrong, behind each row. Empty lines are left out.
 *
 * @throws SERVE_BATCH_UNREADABLE, SERVE_BATCH_TOO_LONG, SERVE_CSV_UNREADABLE
 */
export async function scoreCsv(
  job: BatchJob,
  score: RowScorer,
  report: (scored: ScoredRows) => void,
): Promise<BatchResult> {
  const counts = { rows: 0, refused: 0 };
  await pipeline(scoredLines(job, score, report, counts), createWriteStream(job.target));
  return { format: 'csv', ...counts };
}

async function* scoredLines(
  { source, bundle, decimalComma, maxRows }: BatchJob,
  score: RowScorer,
  report: (scored: ScoredRows) => void,
  counts: { rows: number; refused: number },
): AsyncGenerator<string> {
  const cells: CellSource = decimalComma ? 'decimal-comma' : 'text';
  let layout: Layout | undefined;
  for await (const text of wholeLines(decoded(source))) {
    const begins = layout === undefined;
    layout ??= layoutOf(text, bundle.schema);
    const { separator, columns, features } = layout;
    const lines = splitCsv(text, { separator, firstRow: begins ? 1 : counts.rows + 2 });
    const rows = begins ? lines.slice(1) : lines;
    if (begins) yield csvLine([...columns, ...ADDED_COLUMNS], separator);
    if (counts.rows + rows.length > maxRows) throw tooManyRows(maxRows);
    rows.forEach((row, i) => requireWidth(row, columns.length, counts.rows + i + 2));
    if (rows.length === 0) continue;
    const records = rows.map((row) => Object.fromEntries(features.map(({ name, at }) => [name, row[at]])));
    const scored = score(records, cells);
    report({ features: scored.features, predictions: scored.predictions, problems: scored.problems });
    counts.rows += rows.length;
    counts.refused += rows.length - scored.predictions.length;
    yield rows.map((row, i) => csvLine([...row, ...addedCells(scored.rows[i], decimalComma)], separator)).join('');
  }
  if (layout === undefined) throw unreadable('it is empty', 'a header of field names, then one row per line');
}

/** The text of a file. Excel's other encodings would turn names into rubbish, so they are refused. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: PIECE_BYTES });
    for await (const chunk of chunks) {
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw unreadable('it is not UTF-8', 'a file that was saved as "CSV UTF-8"');
    throw cause;
  }
}

function layoutOf(text: string, schema: Schema): Layout {
  const [first = ''] = text.split('\n', 1);
  const options = SEPARATORS.map((separator) => ({ separator, columns: headerCells(first, separator) }));
  const [best] = options.sort((a, b) => knownColumns(b.columns, schema) - knownColumns(a.columns, schema));
  return { ...best, features: readHeader(best.columns, schema) };
}

/** The names in the first line; none where that is no CSV with this separator. */
function headerCells(first: string, separator: string): readonly string[] {
  try {
    const [cells = []] = splitCsv(first, { separator });
    return cells.map((cell) => (cell ?? '').trim());
  } catch {
    return [];
  }
}

function requireWidth({ length }: readonly CsvCell[], width: number, row: number): void {
  if (length === width) return;
  throw unreadable(`line ${row} has ${length} cells`, `${width}, as its first line has`);
}

function addedCells(row: Prediction | readonly Problem[], decimalComma: boolean): readonly CsvCell[] {
  if (!('value' in row)) return [null, null, null, problemText(row)];
  const number = (value: number) => {
    if (!Number.isFinite(value)) return null;
    return decimalComma ? String(value).replace('.', ',') : String(value);
  };
  return [number(row.value), number(row.lower), number(row.upper), null];
}

/** What is wrong with a row, in one sentence each; the row need not be named, since it stands there. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ row: _row, ...problem }) => formatProblem(problem)).join('; ');
}

function unreadable(reason: string, expected: string): Error {
  return serveError('SERVE_BATCH_UNREADABLE', { reason, expected });
}
