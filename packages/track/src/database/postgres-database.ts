import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Database, type Queries } from './database.js';
import { postgresFailure, postgresTrouble } from './postgres-failure.js';
import { PreparedStatements } from './prepared-statements.js';
import { type Tables } from './tables.js';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 120_000;
/** How often work is run again whose connection broke, or that stood in another's way, and the first pause. */
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;

/** A PostgreSQL database as a `Database`, over a pool of connections. */
export class PostgresDatabase implements Database {
  readonly dialect = 'postgres';
  readonly #kysely: Kysely<Tables>;

  constructor(url: string) {
    const types = new pg.TypeOverrides();
    // Whole numbers of 64 bits arrive as text; all that is stored here but nanoseconds fits a number exactly.
    types.setTypeParser(pg.types.builtins.INT8, Number);
    const pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'scorecast',
      keepAlive: true,
      types,
    });
    // A connection that breaks while nobody waits for its answer says so in an event, which unheard would end the process.
    // Whoever asks it next gets the error; the pool makes another.
    pool.on('error', ignore);
    pool.on('connect', (client) => client.on('error', ignore));
    const prepared = new PreparedStatements();
    const connect = async (): Promise<pg.PoolClient> => prepared.on(await pool.connect());
    const end = async (): Promise<void> => pool.end();
    this.#kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end } }) });
  }

  async read<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#again(async () =>
      this.#kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    );
  }

  async write<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#again(async (attempt) =>
      this.#kysely.transaction().execute(async (queries) => {
        const result = await work(queries);
        attempt.committing = true;
        return result;
      }),
    );
  }

  async writeOne<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#again(async () => work(this.#kysely));
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }

  /** Runs a unit again while its connection breaks or it stands in another's way, unless it may have been kept. */
  async #again<T>(unit: (attempt: { committing: boolean }) => Promise<T>): Promise<T> {
    for (let left = ATTEMPTS, pauseMs = FIRST_PAUSE_MS; ; left -= 1, pauseMs *= 2) {
      const attempt = { committing: false };
      try {
        return await unit(attempt);
      } catch (error) {
        const trouble = postgresTrouble(error);
        const mayBeKept = trouble === 'lost' && attempt.committing;
        if (trouble === 'other' || mayBeKept || left <= 1) throw postgresFailure(error);
      }
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

function ignore(): void {
  // Told again to whoever uses the connection next.
}
