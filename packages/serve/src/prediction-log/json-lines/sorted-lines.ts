import type { FileHandle } from 'node:fs/promises';
import { idOfLine } from '../log-lines.js';
import { comparePredictionIds } from '../prediction-id.js';

/** Enough for some hundred lines. */
const CHUNK_BYTES = 64 * 1024;

const NEWLINE = 0x0a;

/** A file whose lines begin with ascending ids. */
export interface SortedFile {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
}

/**
 * Finds the lines of some ids by halving the file: a line costs some ten reads, however long the file is, and many ids
 * cost at most one pass over it. A last line without its end, and any that is none of a log's, is passed over.
 *
 * @param ids Ascending.
 * @returns The lines by id.
 */
export async function findLines(file: SortedFile, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await search(file, ids, 0, file.sizeBytes, found);
  return found;
}

/** Searches from one line's beginning to another's. */
async function search(
  file: SortedFile,
  ids: readonly string[],
  from: number,
  to: number,
  found: Map<string, string>,
): Promise<void> {
  if (ids.length === 0 || from >= to) return;
  const part = await readLines(file, await probe(file, from, to), to);
  const [first] = part.lines;
  const last = part.lines.at(-1);
  const isFound = first !== undefined && last !== undefined;
  const wanted = new Set(ids);
  for (const { id, text } of part.lines) if (wanted.has(id)) found.set(id, text);
  // Where nothing there could be read there is nothing to compare with either.
  const before = isFound ? ids.filter((id) => comparePredictionIds(id, first.id) < 0) : ids;
  const after = isFound ? ids.filter((id) => comparePredictionIds(id, last.id) > 0) : ids;
  await search(file, before, from, part.start, found);
  await search(file, after, part.end, to, found);
}

interface Part {
  /** Where the first of the lines begins, and the one after the last of them. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly { readonly id: string; readonly text: string }[];
}

/** The lines that begin at a line's beginning, as many as a chunk holds, at least one if there is one. */
async function readLines({ handle }: SortedFile, start: number, to: number): Promise<Part> {
  for (let length = CHUNK_BYTES; ; length *= 2) {
    const bytes = await readBytes(handle, start, Math.min(length, to - start));
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    // What is left has no end: a crash tore it off.
    if (end === 0 && start + length >= to) return { start, end: to, lines: [] };
    if (end === 0) continue;
    const texts = bytes.subarray(0, end).toString().split('\n');
    const lines = texts.flatMap((text) => {
      const id = idOfLine(text);
      return id === undefined ? [] : [{ id, text }];
    });
    return { start, end: start + end, lines };
  }
}

/** Where to look: the first line that begins in the second half; the first of all in what is short or one long line. */
async function probe({ handle }: SortedFile, from: number, to: number): Promise<number> {
  if (to - from <= CHUNK_BYTES) return from;
  for (let at = Math.floor((from + to) / 2); at < to; at += CHUNK_BYTES) {
    const newline = (await readBytes(handle, at, Math.min(CHUNK_BYTES, to - at))).indexOf(NEWLINE);
    if (newline >= 0 && at + newline + 1 < to) return at + newline + 1;
  }
  return from;
}

async function readBytes(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
