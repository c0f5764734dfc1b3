import { createReadStream } from 'node:fs';
import type { Schema } from '@scorecast/core';
import { splitCsv, type CsvCell } from '../input/split-csv.js';
import { serveError } from '../serve-error.js';
import type { BatchJob } from './batch-job.js';
import { knownColumns, readHeader, type KnownColumn } from './read-header.js';
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
  /** Those that are features or identifiers. */
  readonly known: readonly KnownColumn[];
}

/** Some rows of a file, all as wide as its first line. */
interface CsvBlock {
  readonly layout: Layout;
  readonly rows: readonly (readonly CsvCell[])[];
}

/**
 * Reads a CSV file block by block; the first may have no row.
 *
 * @throws SERVE_BATCH_UNREADABLE, SERVE_BATCH_TOO_LONG, SERVE_CSV_UNREADABLE
 */
export async function* csvBlocks({ source, bundle, maxRows }: BatchJob): AsyncGenerator<CsvBlock> {
  let layout: Layout | undefined;
  let count = 0;
  for await (const text of wholeLines(decoded(source))) {
    const begins = layout === undefined;
    layout ??= layoutOf(text, bundle.schema);
    const { separator, columns } = layout;
    const lines = splitCsv(text, { separator, firstRow: begins ? 1 : count + 2 });
    const rows = begins ? lines.slice(1) : lines;
    if (count + rows.length > maxRows) throw tooManyRows(maxRows);
    for (const row of rows) requireWidth(row, columns.length, ++count + 1);
    yield { layout, rows };
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
  return { ...best, known: readHeader(best.columns, schema) };
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

function unreadable(reason: string, expected: string): Error {
  return serveError('SERVE_BATCH_UNREADABLE', { reason, expected });
}
