import { dataError } from '../data-error.js';
import { fileBytes } from '../file/file-bytes.js';
import { CsvScanner } from '../survey/csv-scanner.js';
import { recordKind, type CsvSurvey } from '../survey/csv-survey.js';
import { withoutMark } from '../survey/survey-text.js';
import type { Problem } from '@scorecast/core';
import { cellReader } from './csv-cells.js';
import type { RawChunk } from './row-source.js';

/** What {@link readCsvRows} reads and how. */
export interface CsvReading {
  readonly path: string;
  readonly gzip: boolean;
  readonly survey: CsvSurvey;
  /** Per field the column that holds it; -1 when there is none. */
  readonly sources: readonly number[];
  /** Unquoted cells that mean a missing value, besides the empty one. */
  readonly missing: readonly string[];
  /** What is wrong with a row of so many cells. */
  problemOf(this: void, row: number, cells: number, malformedCell: number): Problem;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the rows of a surveyed CSV file piece by piece; rows that cannot be read become problems.
 *
 * @throws DATA_CHANGED when there are more or fewer rows than the survey found.
 */
export async function* readCsvRows(reading: CsvReading): AsyncGenerator<RawChunk> {
  const { survey, sources } = reading;
  const readCells = cellReader(survey.separator, survey.names.length, sources, reading.missing);
  let bytes: Buffer = Buffer.alloc(0);
  let bytesStart = 0;
  let records = 0;
  let chunk = emptyChunk(sources.length);
  const scanner = new CsvScanner(survey.separator.charCodeAt(0), (start, end, cells, malformedCell) => {
    const kind = recordKind({ blank: start === end, cells, malformedCell }, records === 0, survey.names.length);
    if (kind === 'blank') return;
    if (kind === 'bad-row') chunk.problems.push(reading.problemOf(records, cells, malformedCell));
    if (kind === 'row') {
      chunk.rows.push(records);
      readCells(bytes, start - bytesStart, end - bytesStart, chunk.values);
    }
    records++;
  });
  for await (const piece of fileBytes(reading.path, reading)) {
    const text = scanner.recordStart === 0 && bytes.length === 0 ? withoutMark(piece) : piece;
    bytes = Buffer.concat([bytes.subarray(scanner.recordStart - bytesStart), text]);
    bytesStart = scanner.recordStart;
    scanner.scan(text);
    yield finished(chunk);
    chunk = emptyChunk(sources.length);
  }
  scanner.end();
  if (chunk.rows.length + chunk.problems.length > 0) yield finished(chunk);
  if (records - 1 !== survey.rows) {
    const [expected, found] = [survey.rows, records - 1].map((rows) => `${rows} rows`);
    throw dataError('DATA_CHANGED', { path: reading.path, expected, found });
  }
}

function emptyChunk(fields: number) {
  const values: (string | null)[][] = Array.from({ length: fields }, () => []);
  return { rows: new Array<number>(), values, problems: new Array<Problem>() };
}

function finished({ rows, values, problems }: ReturnType<typeof emptyChunk>): RawChunk {
  return { rows: Int32Array.from(rows), values, problems, warnings: [] };
}
