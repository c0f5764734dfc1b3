import { basename } from 'node:path';
import { dataError } from '../data-error.js';

/** The kinds of file that can be read. */
export type FileFormat = 'csv' | 'json-lines' | 'parquet';

/** A file's format, and whether it is packed with gzip. */
export interface FileKind {
  readonly format: FileFormat;
  readonly gzip: boolean;
}

const FORMATS: ReadonlyMap<string, FileFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['txt', 'csv'],
  ['jsonl', 'json-lines'],
  ['ndjson', 'json-lines'],
  ['json', 'json-lines'],
  ['parquet', 'parquet'],
]);

/**
 * Tells a file's kind from its name, unless the format is given.
 *
 * @throws DATA_FORMAT_UNKNOWN
 */
export function fileKind(path: string, format?: FileFormat): FileKind {
  const name = basename(path).toLowerCase();
  const gzip = name.endsWith('.gz');
  const stem = gzip ? name.slice(0, -'.gz'.length) : name;
  const found = format ?? FORMATS.get(stem.slice(stem.lastIndexOf('.') + 1));
  if (found === undefined || (found === 'parquet' && gzip)) throw dataError('DATA_FORMAT_UNKNOWN', { path });
  return { format: found, gzip };
}
