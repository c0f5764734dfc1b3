import type { CsvCell } from '../input/split-csv.js';

/** One line of CSV. A missing cell is nothing at all, an empty text a pair of quotes, as they are read. */
export function csvLine(cells: readonly CsvCell[], separator = ','): string {
  return `${cells.map((cell) => cellText(cell, separator)).join(separator)}\r\n`;
}

function cellText(cell: CsvCell, separator: string): string {
  if (cell === null) return '';
  const plain = cell !== '' && !cell.includes('"') && !cell.includes(separator) && !/[\r\n]/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
