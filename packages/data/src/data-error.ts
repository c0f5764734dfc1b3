import { errorFactory, formatProblem, type Problem } from '@scorecast/core';

/** How many problems a message lists before it only counts the rest. */
const LISTED = 5;

const quote = (text: string) => JSON.stringify(text);
const inRow = (row: number) => (row === 0 ? 'in the header' : `in row ${row}`);

function listProblems(problems: readonly Problem[], count: number): string {
  const listed = problems.slice(0, LISTED).map((problem) => `\n  ${formatProblem(problem)}`);
  const rest = count - listed.length;
  return `${listed.join('')}${rest > 0 ? `\n  and ${rest} more` : ''}`;
}

/** The errors of reading and writing data files. Rows count from 1 below the header, which is row 0 in the details. */
export const dataErrors = {
  DATA_FILE_MISSING: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string; meant: string | undefined }) =>
      `${quote(d.path)}: there is no such file (${d.meant === undefined ? 'check the path' : `did you mean ${quote(d.meant)}?`})`,
  },
  DATA_NOT_A_FILE: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string; found: string }) =>
      `${quote(d.path)}: this is ${d.found} (expected a file; name one, or save the stream to a file first)`,
  },
  DATA_FILE_UNREADABLE: {
    status: 400,
    exitCode: 1,
    message: (d: { path: string; reason: string }) =>
      `${quote(d.path)}: the file cannot be opened: ${d.reason} (check its permissions)`,
  },
  DATA_FORMAT_UNKNOWN: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string }) =>
      `${quote(d.path)}: the format cannot be told from the name (expected .csv, .tsv, .txt, .jsonl or .ndjson, each also with .gz, or .parquet; rename the file or name its format)`,
  },
  DATA_OPTION: {
    status: 400,
    exitCode: 2,
    message: (d: { option: string; value: string; expected: string }) =>
      `option ${d.option}: ${quote(d.value)} cannot be used (expected ${d.expected})`,
  },
  DATA_EMPTY: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string }) =>
      `${quote(d.path)}: the file is empty (expected a header line and rows; export it again)`,
  },
  DATA_NO_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; rows: number }) =>
      d.rows === 0
        ? `${quote(d.path)}: there is no row below the header (expected at least one; export the file again)`
        : `${quote(d.path)}: none of the ${d.rows} rows is valid, so nothing is left (expected at least one; read it without dropping rows to see the problems)`,
  },
  DATA_NOT_TEXT: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; found: string; next: string }) =>
      `${quote(d.path)}: the file is ${d.found} (expected text in UTF-8; ${d.next})`,
  },
  DATA_ENCODING: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; row: number; byte: number }) =>
      `${quote(d.path)}: the byte 0x${d.byte.toString(16).padStart(2, '0')} ${inRow(d.row)} is not UTF-8 (expected UTF-8; the file is perhaps Latin-1 or Windows-1252: save it as UTF-8)`,
  },
  DATA_NUL_BYTE: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; row: number }) =>
      `${quote(d.path)}: there is a NUL byte ${inRow(d.row)} (expected text in UTF-8; the file is damaged, binary or UTF-16: export it again)`,
  },
  DATA_LONG_ROW: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; row: number; limitBytes: number }) =>
      `${quote(d.path)}: the text ${inRow(d.row)} is longer than ${d.limitBytes} bytes (expected shorter rows; a line end is perhaps missing there)`,
  },
  DATA_UNCLOSED_QUOTE: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; row: number }) =>
      `${quote(d.path)}: a quote that opens ${inRow(d.row)} is never closed (expected a closing quote; the file is perhaps cut off, or a quote inside the cell is not doubled)`,
  },
  DATA_GZIP: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; reason: string }) =>
      `${quote(d.path)}: the file cannot be unpacked: ${d.reason} (expected a complete gzip file; copy or download it again)`,
  },
  DATA_JSON_ARRAY: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string }) =>
      `${quote(d.path)}: the file is one JSON list (expected JSON lines, one object per line; convert it, for example with jq -c '.[]')`,
  },
  DATA_PARQUET: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; reason: string }) =>
      `${quote(d.path)}: the file cannot be read as Parquet: ${d.reason} (expected a complete Parquet file; copy or write it again)`,
  },
  DATA_READ: {
    status: 500,
    exitCode: 1,
    message: (d: { path: string; reason: string }) =>
      `${quote(d.path)}: the rows cannot be read: ${d.reason} (expected to read what was just looked at; try again, or report this)`,
  },
  DATA_CHANGED: {
    status: 500,
    exitCode: 1,
    message: (d: { path: string; expected: string; found: string }) =>
      `${quote(d.path)}: the file changed while it was read: it has ${d.found} (expected ${d.expected} as before; try again when nothing writes to it)`,
  },
  DATA_COLUMNS: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; problems: readonly Problem[] }) =>
      `${quote(d.path)}: the columns are not those of the schema (rename them, or give the schema an alias):${listProblems(d.problems, d.problems.length)}`,
  },
  DATA_INVALID: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; problems: readonly Problem[]; problemCount: number; rows: number }) =>
      `${quote(d.path)}: ${d.problemCount} problem(s) in ${d.rows} row(s) (correct them, or drop such rows):${listProblems(d.problems, d.problemCount)}`,
  },
  DATA_CONSTANT_TARGET: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; column: string; value: number }) =>
      `${quote(d.path)}: the target ${quote(d.column)} is ${d.value} in every row (expected values that differ; there is nothing to learn)`,
  },
  DATA_NO_TARGET: {
    status: 422,
    exitCode: 3,
    message: (d: {
      path: string;
      target: string | undefined;
      columns: readonly string[];
      meant: string | undefined;
    }) =>
      d.target === undefined
        ? `${quote(d.path)}: no column holds numbers that differ, so there is no target (expected at least one; the columns are ${d.columns.map(quote).join(', ')})`
        : `${quote(d.path)}: ${quote(d.target)} is not a column of numbers that differ (expected one as the target${d.meant === undefined ? '' : `; did you mean ${quote(d.meant)}?`})`,
  },
  DATA_NO_FEATURES: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; target: string }) =>
      `${quote(d.path)}: besides the target ${quote(d.target)} no column can be learned from (expected numbers or a few repeated texts)`,
  },
};

/** Makes an error of {@link dataErrors} from its code and details. */
export const dataError = errorFactory(dataErrors);
