import { checkFile } from '../file/check-file.js';
import { fileKind } from '../file/file-format.js';
import { openCsv } from './open-csv.js';
import { openJsonLines } from './open-json-lines.js';
import { openParquet } from './open-parquet.js';
import type { ReadOptions } from './read-options.js';
import type { RowSource } from './row-source.js';
import type { Wanted } from './wanted-field.js';

/** Opens a file of any known format for reading rows. */
export async function openRows(path: string, wanted: Wanted, options: ReadOptions): Promise<RowSource> {
  const { format, gzip } = fileKind(path, options.format);
  await checkFile(path);
  switch (format) {
    case 'csv':
      return openCsv(path, gzip, wanted, options);
    case 'json-lines':
      return openJsonLines(path, gzip, wanted, options);
    case 'parquet':
      return openParquet(path, wanted, options);
  }
}
