import type { FileFormat } from '../file/file-format.js';

/** How a file is read; every option has a default that suits most files. */
export interface ReadOptions {
  /** Default: told from the file's name; `.gz` may follow the name of a CSV or JSON lines file. */
  readonly format?: FileFormat;
  /** The one ASCII character between CSV cells. Default: found in the header among comma, semicolon, tab and bar. */
  readonly separator?: string;
  /** Whether CSV numbers are written as `1,5`. Default false. */
  readonly decimalComma?: boolean;
  /** What to do when rows have problems: refuse the file or leave those rows out. Default `fail`. */
  readonly onInvalid?: 'fail' | 'drop';
  /** Unquoted CSV cells that mean a missing value, besides the empty cell, such as `NA`. Default none. */
  readonly missing?: readonly string[];
  /** Cancels: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Is told how many rows have been read so far. */
  readonly onProgress?: (rowsRead: number) => void;
}
