import { trackError } from '../track-error.js';

/** What SQLite's result codes mean to somebody who asked for something else; all can be tried again later. */
const reasons: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'another program has locked the database file for too long. Close it or wait, then try again.',
  SQLITE_LOCKED: 'another program has locked the database file for too long. Close it or wait, then try again.',
  SQLITE_FULL: 'the disk is full, and nothing of this request was kept. Free some space, then try again.',
  SQLITE_IOERR: 'the disk cannot be read or written, and nothing of this request was kept.',
  SQLITE_READONLY: 'the database file may not be written. Give this user the right to write it and its folder.',
  SQLITE_CORRUPT: 'the database file is damaged. Restore a backup.',
  SQLITE_NOTADB: 'the file is not a SQLite database.',
  SQLITE_CANTOPEN: 'the database file cannot be opened. Check that its folder exists and may be written.',
};

/** Whether an error says that another program holds a lock. */
export function isSqliteBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED';
}

/** Why SQLite could not work, in words, when that is what the error says. */
export function sqliteReason(error: unknown): string | undefined {
  return reasons[primaryCode(error)];
}

/** The error to answer with: SQLite's own troubles become one that says what to do, others stay as they are. */
export function sqliteFailure(error: unknown): Error {
  const reason = sqliteReason(error);
  if (reason === undefined) return error instanceof Error ? error : new Error(String(error));
  return trackError(
    'TEMPORARILY_UNAVAILABLE',
    { message: `The database cannot be used now: ${reason}` },
    { cause: error },
  );
}

/** `SQLITE_BUSY` of `SQLITE_BUSY_SNAPSHOT`. */
function primaryCode(error: unknown): string {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return '';
  return /^SQLITE_[A-Z]+/u.exec(error.code)?.[0] ?? '';
}
