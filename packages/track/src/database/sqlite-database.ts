import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import { trackError } from '../track-error.js';
import { type Database, type Queries } from './database.js';
import { type SqliteConnection } from './sqlite-connection.js';
import { isSqliteBusy, sqliteFailure } from './sqlite-failure.js';
import { type Tables } from './tables.js';
import { WriteGroup, type Write } from './write-group.js';

/** How long another program's lock is waited for, by default, and how often it is looked at. */
const LOCK_TIMEOUT_MS = 20_000;
const LOCK_POLL_MS = 15;

/** Writes that share one commit at most; the rest waits for the next. */
const GROUP_SIZE = 200;

/**
 * A SQLite file as a `Database`.
 *
 * Writes stand in one queue. Whatever has queued up while the disk was busy is committed together, each write in its
 * own savepoint: eight clients wait for one flush instead of eight, and none is answered before that flush is done.
 */
export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly #connection: SqliteConnection;
  readonly #lockTimeoutMs: number;
  readonly #kysely: Kysely<Tables>;
  readonly #queue: Write[] = [];
  #writer: Promise<void> | undefined;
  #closed = false;

  constructor(connection: SqliteConnection, lockTimeoutMs = LOCK_TIMEOUT_MS) {
    this.#connection = connection;
    this.#lockTimeoutMs = lockTimeoutMs;
    this.#kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  }

  async read<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    this.#refuseWhenClosed();
    return this.#whenUnlocked(async (queries) => {
      this.#connection.run('begin');
      try {
        return await work(queries);
      } finally {
        if (this.#connection.inTransaction) this.#connection.run('rollback');
      }
    });
  }

  async write<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    this.#refuseWhenClosed();
    const result = new Promise<T>((resolve, reject) => {
      this.#queue.push({
        async run(queries) {
          const value = await work(queries);
          return () => resolve(value);
        },
        fail: (error) => reject(sqliteFailure(error)),
      });
    });
    this.#writer ??= this.#drain();
    return result;
  }

  async writeOne<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writer;
    await this.#kysely.destroy();
    this.#connection.close();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // Requests that have already arrived may still join the group.
      await turn();
      const group = new WriteGroup(this.#connection, this.#queue.splice(0, GROUP_SIZE));
      try {
        await this.#whenUnlocked((queries) => group.commit(queries));
      } catch (error) {
        group.fail(error);
      }
    }
    // At once, not in a later turn: a write that came in between would find a writer that has looked for the last time.
    this.#writer = undefined;
  }

  /** Runs a unit of work on the connection, again and again while another program holds the file's lock. */
  async #whenUnlocked<T>(unit: (queries: Queries) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#lockTimeoutMs;
    while (true) {
      try {
        return await this.#kysely.connection().execute(unit);
      } catch (error) {
        if (!isSqliteBusy(error) || performance.now() > deadline) throw sqliteFailure(error);
      }
      await sleep(LOCK_POLL_MS);
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) {
      throw trackError('TEMPORARILY_UNAVAILABLE', { message: 'The database is closed: the server is shutting down.' });
    }
  }
}
