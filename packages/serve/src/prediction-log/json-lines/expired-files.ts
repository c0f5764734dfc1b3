import type { Retention } from '../prediction-sink.js';
import { utcDay, type LogFile } from './file-name.js';

/** A file of a log and its size. */
export interface SizedFile extends LogFile {
  readonly sizeBytes: number;
}

/**
 * Which files are to go: those of days before the ones that are kept and, while all are larger than allowed, the
 * oldest. What a process may still be writing to stays: the latest file of each, of today.
 */
export function expiredFiles(
  files: readonly SizedFile[],
  now: number,
  { keepDays, keepBytes }: Retention,
): readonly SizedFile[] {
  const today = utcDay(now);
  const latest = new Map<string, SizedFile>();
  const oldestFirst = [...files].sort((a, b) => a.startAt - b.startAt || a.name.localeCompare(b.name));
  for (const file of oldestFirst) if (file.day >= today) latest.set(`${file.kind} ${file.writer}`, file);
  const inUse = new Set(latest.values());
  let bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return oldestFirst.filter((file) => {
    const isExpired = today - file.day > keepDays || (bytes > keepBytes && !inUse.has(file));
    if (isExpired) bytes -= file.sizeBytes;
    return isExpired;
  });
}
