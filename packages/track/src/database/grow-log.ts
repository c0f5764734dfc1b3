import { closeSync, fstatSync, ftruncateSync, openSync, realpathSync, writeSync } from 'node:fs';

const PIECE = 1024 * 1024;

/**
 * Gives the write-ahead log of a SQLite file the size to which it would grow anyway.
 *
 * A flush of bytes that lie inside a file takes half as long as one of bytes that make it longer, because the file system need
 * not keep its new length. The added zeros are no valid frames, so whoever reads the log stops before them, as it does
 * before what an earlier round left behind. It has to be called by whoever holds the right to write.
 */
export function growLog(databasePath: string, sizeBytes: number): void {
  let file: number;
  try {
    file = openSync(`${realpathSync(databasePath)}-wal`, 'r+');
  } catch {
    // Without a log, or without the right to open it, SQLite goes on as before.
    return;
  }
  const before = fstatSync(file).size;
  try {
    const zeros = Buffer.alloc(PIECE);
    for (let at = before; at < sizeBytes; at += PIECE) writeSync(file, zeros, 0, Math.min(PIECE, sizeBytes - at), at);
  } catch {
    // The disk is nearly full: the space is left to those who need it.
    ftruncateSync(file, before);
  } finally {
    closeSync(file);
  }
}
