import { serveError } from '../serve-error.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** A cell's text; null where nothing stands between the separators, which is not the same as an empty text in quotes. */
export type CsvCell = string | null;

/** How a text that is split is laid out. */
export interface CsvLayout {
  /** One character. Default `,`. */
  readonly separator?: string;
  /** What the first row is called in errors. Default 1. */
  readonly firstRow?: number;
}

/**
 * Splits CSV after RFC 4180: commas, quotes doubled inside quoted cells, lines ended by LF or CRLF; empty lines are
 * passed over.
 *
 * @throws SERVE_CSV_UNREADABLE for a quote that is never closed or stands inside a cell.
 */
export function splitCsv(
  text: string,
  { separator = ',', firstRow = 1 }: CsvLayout = {},
): readonly (readonly CsvCell[])[] {
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (at < text.length) {
    const end = cellEnd(text, at, separator, rows.length + firstRow);
    row.push(cellOf(text.slice(at, end)));
    at = end + 1;
    if (text[end] === separator && at < text.length) continue;
    if (text[end] === separator) row.push(null);
    else if (text[end] === '\r') at++;
    if (row.length > 1 || row[0] !== null) rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the cell that begins here ends: at a comma, at the end of its line, or of the text. */
function cellEnd(text: string, start: number, separator: string, row: number): number {
  let at = start;
  if (text[at] === '"') {
    at = closingQuote(text, at, row) + 1;
    if (at === text.length || text[at] === separator || isLineEnd(text, at)) return at;
    throw serveError('SERVE_CSV_UNREADABLE', { row, reason: 'text follows a closing quote' });
  }
  while (at < text.length && text[at] !== separator && !isLineEnd(text, at)) {
    if (text[at] === '"') throw serveError('SERVE_CSV_UNREADABLE', { row, reason: 'a quote stands inside a cell' });
    at++;
  }
  return at;
}

function closingQuote(text: string, opening: number, row: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at < 0) throw serveError('SERVE_CSV_UNREADABLE', { row, reason: 'a quote is never closed' });
  return at;
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}

function cellOf(text: string): CsvCell {
  if (text === '') return null;
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
