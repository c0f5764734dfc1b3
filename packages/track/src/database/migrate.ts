import { sql } from 'kysely';
import { trackError } from '../track-error.js';
import { type Database, type Queries } from './database.js';
import { migrations } from './migrations/migrations.js';
import { MLFLOW_REVISION, mlflowSchema } from './schema/mlflow-schema.js';

/** Keeps two programs that start at once from migrating at once; the number only has to be ours. */
const POSTGRES_LOCK = 5_318_008;

/**
 * Brings the tables up to date, in one transaction: all of it happens or nothing.
 *
 * An empty database gets MLflow's tables. One that MLflow made is used as it is when it is at our revision, and refused
 * otherwise. Then our own migrations run, each once.
 *
 * @throws TRACK_SCHEMA_REVISION, TRACK_SCHEMA_NEWER
 */
export async function migrate(db: Database, now: () => number): Promise<void> {
  await db.write(async (queries) => {
    if (db.dialect === 'postgres') {
      // An index on millions of rows takes longer than a request may.
      await sql`set local statement_timeout = 0`.execute(queries);
      await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(queries);
    }
    const tables = await tableNames(db, queries);
    if (tables.has('alembic_version')) await checkRevision(queries);
    else if (tables.has('experiments')) throw refused('none');
    else await runAll(queries, mlflowSchema(db.dialect));
    await runMissing(db, queries, now());
  });
}

async function tableNames(db: Database, queries: Queries): Promise<ReadonlySet<string>> {
  const list =
    db.dialect === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{ name: string }>`select tablename as name from pg_catalog.pg_tables where schemaname = current_schema()`;
  const { rows } = await list.execute(queries);
  return new Set(rows.map(({ name }) => name));
}

async function checkRevision(queries: Queries): Promise<void> {
  const rows = await queries.selectFrom('alembic_version').select('version_num').execute();
  const found = rows.map((row) => row.version_num).join(', ');
  if (found !== MLFLOW_REVISION) throw refused(found === '' ? 'none' : found);
}

function refused(found: string): Error {
  const advice =
    'that of MLflow 3.6.0: back the database up, then run "mlflow db upgrade" of MLflow 3.6.0 on it if it is older; ' +
    'if it is newer, use a new database and copy the runs with "scorecast import"';
  return trackError('TRACK_SCHEMA_REVISION', { found, expected: MLFLOW_REVISION, advice });
}

async function runMissing(db: Database, queries: Queries, appliedAt: number): Promise<void> {
  const table =
    'create table if not exists scorecast_migrations (name varchar(100) primary key, applied_at bigint not null)';
  await runAll(queries, [table]);
  const done = await queries.selectFrom('scorecast_migrations').select('name').orderBy('name').execute();
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = done.find(({ name }) => !known.has(name));
  if (unknown !== undefined) throw trackError('TRACK_SCHEMA_NEWER', { found: unknown.name });
  const applied = new Set(done.map(({ name }) => name));
  for (const migration of migrations) {
    if (applied.has(migration.name)) continue;
    await runAll(queries, migration.statements(db.dialect));
    await queries.insertInto('scorecast_migrations').values({ name: migration.name, applied_at: appliedAt }).execute();
  }
}

async function runAll(queries: Queries, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(queries);
}
