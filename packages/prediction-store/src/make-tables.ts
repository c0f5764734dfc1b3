import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Keeps two processes that start at once from making tables at once; the number only has to be ours. */
const POSTGRES_LOCK = 5_318_009;

/** Makes what is not there yet. */
export async function makeTables(db: Kysely<Tables>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  // SQLite's REAL and PostgreSQL's double precision are the same 64 bits.
  const double = dialect === 'sqlite' ? sql`real` : sql`double precision`;
  const number = dialect === 'sqlite' ? sql`integer` : sql`bigint`;
  const row = dialect === 'sqlite' ? sql`integer primary key autoincrement` : sql`bigserial primary key`;
  await db.transaction().execute(async (queries) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(queries);
    await sql`create table if not exists scorecast_predictions (
      id text primary key, given_at ${number} not null, route text not null, model text not null, version text not null,
      prediction ${double} not null, lower ${double}, upper ${double}, level ${double} not null,
      inputs text, inputs_hash text, identifiers text)`.execute(queries);
    await sql`create table if not exists scorecast_outcomes (
      row ${row}, prediction_id text not null, prediction_at ${number} not null, outcome ${double} not null,
      outcome_at ${number}, recorded_at ${number} not null)`.execute(queries);
    await sql`create index if not exists scorecast_predictions_at on scorecast_predictions (given_at)`.execute(queries);
    await sql`create index if not exists scorecast_outcomes_id on scorecast_outcomes (prediction_id)`.execute(queries);
    await sql`create index if not exists scorecast_outcomes_at on scorecast_outcomes (prediction_at)`.execute(queries);
  });
}
