import Libsql from 'libsql';
import { type SqliteDatabase, type SqliteStatement } from 'kysely';
import { growLog } from './grow-log.js';

type Statement = SqliteStatement;

/** Statements that are kept compiled; the store has some two hundred, and searches make more. */
const KEPT_STATEMENTS = 500;

/** After how many pages in the log they are copied to the file: 16 MiB, so that pages written often are copied rarely. */
const CHECKPOINT_PAGES = 4096;
/** How long the log is when it is: its header, and the pages, of SQLite's default size, with theirs. */
const LOG_BYTES = 32 + CHECKPOINT_PAGES * (24 + 4096);
/** At which write the log gets that length at once: programs that write little leave it small. */
const GROWING_WRITE = 16;

/** What SQLite may keep of the file in memory, in KiB. */
const CACHE_KIB = 4 * 1024;

/**
 * One connection to a SQLite file.
 *
 * - WAL: readers in other processes (MLflow's own UI, say) never wait for our writer.
 * - `synchronous` FULL: a commit returns when the disk has it. NORMAL leaves that to the operating system: what was
 *   committed survives a killed process either way, but the last commits may be lost at a power cut.
 * - Foreign keys are checked, as MLflow does.
 * - LIKE tells upper case from lower case, as MLflow's does.
 */
export class SqliteConnection implements SqliteDatabase {
  readonly #db: Libsql.Database;
  readonly #path: string;
  readonly #statements = new Map<string, Statement>();
  #writes = 0;

  constructor(path: string, synchronous: 'full' | 'normal', lockTimeoutMs: number) {
    this.#db = new Libsql(path);
    this.#path = path;
    // Only opening waits inside SQLite, which holds up everything else; later the caller waits and tries again.
    this.#db.pragma(`busy_timeout = ${lockTimeoutMs}`);
    if (path !== ':memory:') this.#db.pragma('journal_mode = WAL');
    this.#db.pragma(`synchronous = ${synchronous}`);
    this.#db.pragma('foreign_keys = ON');
    this.#db.pragma('case_sensitive_like = ON');
    this.#db.pragma('temp_store = MEMORY');
    this.#db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    this.#db.pragma(`cache_size = -${CACHE_KIB}`);
    this.#db.pragma('busy_timeout = 0');
  }

  /** Whether a transaction is open; SQLite may end one by itself, when the disk is full for example. */
  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  /**
   * Begins a transaction that may write. That right is asked for at once: asked for later it could be refused in the
   * middle.
   */
  beginWrite(): void {
    this.run('begin immediate');
    this.#writes += 1;
    if (this.#writes === GROWING_WRITE && this.#path !== ':memory:') growLog(this.#path, LOG_BYTES);
  }

  /** Runs a statement without params or rows, such as BEGIN. */
  run(sql: string): void {
    this.prepare(sql).run([]);
  }

  /** The compiled statement, which is compiled once and kept. */
  prepare(sql: string): Statement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = bindable(this.#db.prepare(sql));
    if (this.#statements.size >= KEPT_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    if (!this.#db.open) return;
    this.#db.close();
  }
}

/** A statement that takes truth values, which libsql itself cannot bind: it would end the whole process. */
function bindable(statement: Libsql.Statement): Statement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters.map(bound)),
    run: (parameters) => statement.run(parameters.map(bound)),
    iterate: (parameters) => statement.iterate(parameters.map(bound)),
  };
}

function bound(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const known = ['string', 'number', 'bigint'].includes(typeof value) || value === null || value instanceof Uint8Array;
  if (!known) throw new TypeError(`SQLite cannot store a value of type ${typeof value}`);
  return value;
}
