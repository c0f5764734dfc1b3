import { dataError } from '../data-error.js';

const KINDS: readonly { readonly bytes: readonly number[]; readonly found: string; readonly next: string }[] = [
  { bytes: [0xff, 0xfe], found: 'UTF-16 text', next: 'save it as UTF-8' },
  { bytes: [0xfe, 0xff], found: 'UTF-16 text', next: 'save it as UTF-8' },
  { bytes: [0x1f, 0x8b], found: 'packed with gzip', next: 'let its name end with .gz' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], found: 'a zip archive or an Excel workbook', next: 'save the sheet as CSV' },
  { bytes: [0x50, 0x41, 0x52, 0x31], found: 'a Parquet file', next: 'let its name end with .parquet' },
];

/**
 * Refuses bytes that begin as a known kind of file that is not text.
 *
 * @throws DATA_NOT_TEXT
 */
export function rejectKnownBinary(path: string, start: Uint8Array): void {
  const kind = KINDS.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (kind !== undefined) throw dataError('DATA_NOT_TEXT', { path, found: kind.found, next: kind.next });
}
