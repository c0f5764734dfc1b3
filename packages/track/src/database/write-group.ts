import { type Queries } from './database.js';
import { type SqliteConnection } from './sqlite-connection.js';
import { isSqliteBusy } from './sqlite-failure.js';

/** One write in the queue. */
export interface Write {
  /** Issues the statements; what it returns tells the caller, and is called once they are durable. */
  run(queries: Queries): Promise<() => void>;
  fail(error: unknown): void;
}

/** Writes that are committed together: each is kept or undone by itself, and all are durable at the same moment. */
export class WriteGroup {
  readonly #connection: SqliteConnection;
  #writes: readonly Write[];

  constructor(connection: SqliteConnection, writes: readonly Write[]) {
    this.#connection = connection;
    this.#writes = writes;
  }

  /** Runs the writes in one transaction; throws when nothing at all was kept, and can then be called again. */
  async commit(queries: Queries): Promise<void> {
    const connection = this.#connection;
    connection.beginWrite();
    const acknowledgements: (() => void)[] = [];
    const refused: (readonly [Write, unknown])[] = [];
    try {
      for (const write of this.#writes) {
        connection.run('savepoint one_write');
        try {
          acknowledgements.push(await write.run(queries));
        } catch (error) {
          // A full disk, for one, has undone the whole transaction: then all the others are to be run again.
          if (!connection.inTransaction || isSqliteBusy(error)) throw error;
          connection.run('rollback to one_write');
          refused.push([write, error]);
        }
        connection.run('release one_write');
      }
      connection.run('commit');
    } catch (error) {
      if (connection.inTransaction) connection.run('rollback');
      throw error;
    }
    for (const [write, error] of refused) write.fail(error);
    for (const acknowledge of acknowledgements) acknowledge();
  }

  /** Tells every caller that nothing was kept. */
  fail(error: unknown): void {
    for (const write of this.#writes) write.fail(error);
    this.#writes = [];
  }
}
