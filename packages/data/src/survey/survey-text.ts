import { createHash } from 'node:crypto';
import { dataError } from '../data-error.js';
import { fileBytes } from '../file/file-bytes.js';
import { rejectKnownBinary } from './known-binary.js';
import { TextGuard, type TextFault } from './text-guard.js';

/** How many bytes a row may have: more is a missing line end, an unclosed quote or an attack. */
export const MAX_ROW_BYTES = 1 << 20;

/** Is shown a text from its first byte to its last and remembers what reading its rows needs. */
export interface RowSurvey {
  /** The row in progress: 0 for the header, 1 for the first row below it. */
  readonly row: number;
  /** Whether the row in progress is inside quotes. */
  readonly inQuotes: boolean;
  /** How many bytes the row in progress has so far. */
  readonly rowBytes: number;
  push(text: Buffer): void;
  end(): void;
}

/**
 * Shows a file to a survey in one pass over its bytes, in constant memory, and makes sure that it is sound text.
 *
 * @returns The SHA-256 of the file's bytes, packed if they are.
 * @throws DATA_EMPTY, DATA_NOT_TEXT, DATA_ENCODING, DATA_NUL_BYTE, DATA_LONG_ROW, DATA_UNCLOSED_QUOTE, DATA_GZIP
 */
export async function surveyText(
  path: string,
  gzip: boolean,
  survey: RowSurvey,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  const guard = new TextGuard();
  let first = true;
  for await (const chunk of fileBytes(path, { gzip, hash, signal })) {
    if (first) rejectKnownBinary(path, chunk);
    show(path, survey, guard.check(first ? withoutMark(chunk) : chunk));
    first = false;
    if (survey.rowBytes > MAX_ROW_BYTES) throw tooLong(path, survey);
  }
  show(path, survey, guard.end());
  if (survey.inQuotes) throw dataError('DATA_UNCLOSED_QUOTE', { path, row: survey.row });
  survey.end();
  return hash.digest('hex');
}

function show(path: string, survey: RowSurvey, { text, fault }: { text: Buffer; fault?: TextFault }): void {
  survey.push(fault === undefined ? text : text.subarray(0, fault.at));
  if (fault !== undefined) throw dataError(fault.code, { path, row: survey.row, byte: fault.byte });
}

/** The first piece without a byte-order mark. */
export function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
}

function tooLong(path: string, survey: RowSurvey) {
  const { row } = survey;
  return survey.inQuotes
    ? dataError('DATA_UNCLOSED_QUOTE', { path, row })
    : dataError('DATA_LONG_ROW', { path, row, limitBytes: MAX_ROW_BYTES });
}
