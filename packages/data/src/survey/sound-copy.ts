import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBytes } from '../file/file-bytes.js';
import { CsvScanner } from './csv-scanner.js';
import { recordKind, type CsvSurvey } from './csv-survey.js';
import { withoutMark } from './survey-text.js';

/** A file that is only there while something is read. */
export interface TemporaryFile {
  readonly path: string;
  remove(): Promise<void>;
}

const LF = 0x0a;

/**
 * Copies the header and the sound rows of a surveyed CSV file, byte for byte, each ended by a line feed, into a new
 * folder that only this user can read.
 */
export async function soundCopy(
  path: string,
  gzip: boolean,
  survey: CsvSurvey,
  signal?: AbortSignal,
): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'scorecast-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'rows.csv');
    const file = await open(copy, 'wx');
    try {
      for await (const bytes of soundRows(path, gzip, survey, signal)) await file.write(bytes);
    } finally {
      await file.close();
    }
    return { path: copy, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function* soundRows(
  path: string,
  gzip: boolean,
  survey: CsvSurvey,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let kept: { start: number; end: number }[] = [];
  let isFirst = true;
  const scanner = new CsvScanner(survey.separator.charCodeAt(0), (start, end, cells, malformedCell) => {
    const kind = recordKind({ blank: start === end, cells, malformedCell }, isFirst, survey.names.length);
    if (kind !== 'blank') isFirst = false;
    if (kind === 'header' || kind === 'row') kept.push({ start, end });
  });
  let pending: Buffer = Buffer.alloc(0);
  let pendingStart = 0;
  let firstPiece = true;
  for await (const piece of fileBytes(path, { gzip, signal })) {
    const chunk = firstPiece ? withoutMark(piece) : piece;
    firstPiece = false;
    pending = Buffer.concat([pending, chunk]);
    scanner.scan(chunk);
    yield joinRows(pending, pendingStart, kept);
    kept = [];
    pending = pending.subarray(scanner.recordStart - pendingStart);
    pendingStart = scanner.recordStart;
  }
  scanner.end();
  yield joinRows(pending, pendingStart, kept);
}

function joinRows(bytes: Buffer, offset: number, rows: readonly { start: number; end: number }[]): Uint8Array {
  const joined = Buffer.alloc(rows.reduce((length, { start, end }) => length + end - start + 1, 0));
  let at = 0;
  for (const { start, end } of rows) {
    at += bytes.copy(joined, at, start - offset, end - offset);
    joined[at++] = LF;
  }
  return joined;
}
