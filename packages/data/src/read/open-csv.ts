import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Problem } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { CsvSurvey, type BadRow } from '../survey/csv-survey.js';
import { soundCopy } from '../survey/sound-copy.js';
import { surveyText } from '../survey/survey-text.js';
import { DuckSession, sqlText } from './duck-session.js';
import type { ReadOptions } from './read-options.js';
import { resolveColumns } from './resolve-columns.js';
import type { RawChunk, RowSource } from './row-source.js';
import { fieldsOf, wantedNames, type Wanted } from './wanted-field.js';

/** Well above what the survey lets through, so that DuckDB never meets a row that is too long for it. */
const DUCKDB_LINE_BYTES = 1 << 22;
const DUCKDB_BUFFER_BYTES = 1 << 24;

/**
 * Opens a CSV file in two steps: a survey of its bytes finds what is damaged, then DuckDB reads what is sound.
 *
 * DuckDB alone would pass over an unclosed quote or an odd line end in silence, and it does not number rows.
 */
export async function openCsv(path: string, gzip: boolean, wanted: Wanted, options: ReadOptions): Promise<RowSource> {
  const survey = new CsvSurvey(wantedNames(wanted), checkSeparator(options.separator));
  const sha256 = await surveyText(path, gzip, survey, options.signal);
  if (survey.empty) throw dataError('DATA_EMPTY', { path });
  const fields = fieldsOf(wanted, survey.names);
  const { sources, problems, warnings } = resolveColumns(survey.names, fields, wanted.passedOver);
  const headerProblems = survey.malformedName > 0 ? [malformed(survey, survey.malformedName)] : problems;
  if (headerProblems.length > 0) throw dataError('DATA_COLUMNS', { path, problems: headerProblems });
  const nameOf = (column: number) => fields[sources.indexOf(column)]?.name ?? survey.names[column];
  return {
    names: fields.map((field) => field.name),
    rowCount: survey.rows,
    sha256,
    cells: options.decimalComma === true ? 'decimal-comma' : 'text',
    async *chunks() {
      const copy = survey.sound ? undefined : await soundCopy(path, gzip, survey, options.signal);
      const session = await DuckSession.open(copy?.path ?? path, 'DATA_READ');
      try {
        const sql = selectSql(survey, sources, copy === undefined && gzip, options.missing ?? []);
        yield* numberRows(path, session.chunks(sql), survey, sources, nameOf, warnings);
      } finally {
        session.close();
        await copy?.remove();
      }
    },
  };
}

function checkSeparator(separator: string | undefined): string | undefined {
  if (separator === undefined || /^[^\P{ASCII}\0\r\n"]$/u.test(separator)) return separator;
  throw dataError('DATA_OPTION', { option: 'separator', value: separator, expected: 'one ASCII character, no quote' });
}

/** Nothing is left for DuckDB to guess: dialect, column names and types are stated, and every cell is text. */
function selectSql(survey: CsvSurvey, sources: readonly number[], gzip: boolean, missing: readonly string[]): string {
  const cells = sources.map((source) => (source < 0 ? 'NULL::VARCHAR' : `c${source}`));
  const columns = survey.names.map((_, c) => `'c${c}': 'VARCHAR'`);
  return `SELECT ${cells.join(', ')} FROM read_csv($1,
    auto_detect = false, header = false, hive_partitioning = false, strict_mode = true, parallel = false,
    delim = ${sqlText(survey.separator)}, quote = '"', escape = '"', comment = '',
    columns = {${columns.join(', ')}}, nullstr = [${['', ...missing].map(sqlText).join(', ')}], allow_quoted_nulls = false,
    compression = '${gzip ? 'gzip' : 'none'}', buffer_size = ${DUCKDB_BUFFER_BYTES}, max_line_size = ${DUCKDB_LINE_BYTES})`;
}

/** Gives DuckDB's rows, of which the first is the header, their numbers in the file and puts the bad rows between them. */
async function* numberRows(
  path: string,
  chunks: AsyncIterable<DuckDBDataChunk>,
  survey: CsvSurvey,
  sources: readonly number[],
  nameOf: (column: number) => string,
  warnings: readonly string[],
): AsyncGenerator<RawChunk> {
  const { badRows } = survey;
  let row = 0;
  let nextBad = 0;
  let isFirst = true;
  for await (const chunk of chunks) {
    const skipped = isFirst ? 1 : 0;
    const rows = new Int32Array(chunk.rowCount - skipped);
    const problems: Problem[] = [];
    for (let i = 0; i < rows.length; i++) {
      for (row++; badRows[nextBad]?.row === row; row++) problems.push(problemOf(survey, badRows[nextBad++], nameOf));
      rows[i] = row;
    }
    const values = sources.map((_, f) => chunk.getColumnValues(f).slice(skipped));
    yield { rows, values, problems, warnings: isFirst ? warnings : [] };
    isFirst = false;
  }
  const rest = badRows.slice(nextBad);
  if (row + rest.length !== survey.rows) {
    throw dataError('DATA_CHANGED', { path, expected: `${survey.rows} rows`, found: `${row + rest.length} rows` });
  }
  const problems = rest.map((bad) => problemOf(survey, bad, nameOf));
  if (rest.length > 0) yield { rows: new Int32Array(0), values: sources.map(() => []), problems, warnings: [] };
}

function problemOf(survey: CsvSurvey, bad: BadRow, nameOf: (column: number) => string): Problem {
  const { row, cells, malformedCell } = bad;
  const columns = survey.names.length;
  if (malformedCell > 0) {
    return { ...malformed(survey, malformedCell), column: nameOf(Math.min(malformedCell, columns) - 1), row };
  }
  return {
    code: 'ragged-row',
    column: nameOf(Math.min(cells, columns - 1)),
    row,
    value: cells === 1 ? '1 cell' : `${cells} cells`,
    expected: columns === 1 ? '1 cell' : `${columns} cells`,
  };
}

function malformed(survey: CsvSurvey, cell: number): Problem {
  return {
    code: 'unreadable-row',
    column: survey.names[cell - 1] ?? '',
    value: 'there is text beside the quotes of a cell',
    expected: 'quotes around the whole cell, and quotes inside it doubled',
  };
}
