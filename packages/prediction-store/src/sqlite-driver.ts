import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';

/**
 * A SQLite file for Kysely. Readers never wait for it (WAL); a commit does not wait for the disk, so that the server is
 * not held up: what was written survives the process, and the last moments may be lost at a power cut. Nor does it wait
 * for another program's lock: the log tries again later.
 */
export async function sqliteDialect(path: string): Promise<Dialect> {
  return new SqliteDialect({ database: async () => new SqliteFile(path) });
}

class SqliteFile implements SqliteDatabase {
  readonly #db: Libsql.Database;

  constructor(path: string) {
    this.#db = new Libsql(path);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = NORMAL');
    this.#db.pragma('busy_timeout = 0');
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#db.prepare(sql);
    return {
      reader: statement.reader,
      all: (parameters) => statement.all([...parameters]),
      run: (parameters) => statement.run([...parameters]),
      iterate: (parameters) => statement.iterate([...parameters]),
    };
  }

  close(): void {
    this.#db.close();
  }
}
