import { type Kysely } from 'kysely';
import { type Tables } from './tables.js';

/** The kind of SQL that a database speaks. */
export type Dialect = 'sqlite' | 'postgres';

/** Where statements are issued: the inside of one read or one write. */
export type Queries = Kysely<Tables>;

/**
 * The one door to the database.
 *
 * Work that is handed in issues statements on the `queries` it is given and awaits nothing else: on SQLite all of
 * it shares one connection. It may be run again from its start when a connection broke before anything was kept,
 * so it leaves no trace outside the database.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Runs statements that only read, and all see the same moment. */
  read<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Runs statements that are kept together or not at all; once this resolves they survive a crash. */
  write<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Like `write`, for work that is one statement and does no harm when it is run twice.
   *
   * PostgreSQL keeps a single statement as a whole anyway, so that it needs no transaction around it, which would take
   * two more journeys to the server.
   */
  writeOne<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}
