/**
 * One line of CSV (RFC 4180, line feed at the end), which reads back as the same values: null and NaN as empty cells, an
 * empty text in quotes.
 *
 * Values are written as they are. A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula when it
 * opens the file; that is for whoever imports foreign text into a spreadsheet to prevent, since data must not be altered.
 *
 * @example
 * csvLine(['a,b', 1.5, null, '']); // => '"a,b",1.5,,""\n'
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) line += i === 0 ? csvCell(values[i]) : `,${csvCell(values[i])}`;
  return `${line}\n`;
}

function csvCell(value: string | number | null): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (value === null) return '';
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
