import { trackError } from '../track-error.js';
import { type Database } from './database.js';
import { parseDatabaseUrl, withoutPassword } from './database-url.js';
import { migrate } from './migrate.js';
import { sqliteReason } from './sqlite-failure.js';

const OPEN_TIMEOUT_MS = 10_000;

/**
 * Opens a database and brings its tables up to date.
 *
 * @param url A file (`runs.db`), `sqlite:///runs.db`, `sqlite://` (in memory) or `postgresql://user:password@host/name`.
 * @throws TRACK_DATABASE_URL, TRACK_DATABASE_OPEN, TRACK_SCHEMA_REVISION, TRACK_SCHEMA_NEWER
 */
export async function connect(url: string, now: () => number): Promise<Database> {
  const db = await open(url);
  try {
    await migrate(db, now);
    return db;
  } catch (error) {
    await db.close();
    throw isOurs(error) ? error : unopened(url, error);
  }
}

/** Loads the driver of the database that is asked for, and no other. */
async function open(url: string): Promise<Database> {
  const address = parseDatabaseUrl(url);
  if (address.dialect === 'postgres') {
    const { PostgresDatabase } = await import('./postgres-database.js');
    return new PostgresDatabase(address.url);
  }
  const { SqliteConnection } = await import('./sqlite-connection.js');
  const { SqliteDatabase } = await import('./sqlite-database.js');
  try {
    return new SqliteDatabase(new SqliteConnection(address.path, address.synchronous, OPEN_TIMEOUT_MS));
  } catch (error) {
    throw unopened(url, error);
  }
}

function unopened(url: string, error: unknown): Error {
  const reason = sqliteReason(error) ?? (error instanceof Error ? error.message : String(error));
  return trackError('TRACK_DATABASE_OPEN', { url: withoutPassword(url), reason }, { cause: error });
}

function isOurs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('TRACK_');
}
