import { PostgresDialect, type Dialect } from 'kysely';
import pg from 'pg';

const CONNECTIONS = 3;
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 30_000;

/** A PostgreSQL database for Kysely, over a few connections. */
export async function postgresDialect(url: string): Promise<Dialect> {
  const types = new pg.TypeOverrides();
  // Whole numbers of 64 bits arrive as text; times fit a number exactly.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'scorecast',
    keepAlive: true,
    types,
  });
  // A connection that breaks while nobody waits for its answer says so in an event, which unheard would end the process.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return new PostgresDialect({ pool });
}

function ignore(): void {
  // Told again to whoever uses the connection next.
}
