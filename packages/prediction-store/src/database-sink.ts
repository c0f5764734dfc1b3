import { setTimeout as sleep } from 'node:timers/promises';
import { predictionTime, type Kept, type OutcomeRow, type PredictionRow, type PredictionSink } from '@scorecast/serve';
import { Kysely, type Dialect } from 'kysely';
import { withoutPassword } from './database-address.js';
import { makeTables } from './make-tables.js';
import { storeError } from './store-error.js';
import type { PredictionsTable, Tables } from './tables.js';

const DAY_MS = 86_400_000;

/** Rows of one statement: SQLite binds 32 766 values at most, PostgreSQL 65 535. */
const STATEMENT_ROWS = 500;

/** How often is asked again for a file that another process writes to, and how long is waited in between. */
const BUSY_ATTEMPTS = 40;
const BUSY_PAUSE_MS = 15;

/** How a sink reaches its database. */
export interface SinkSettings {
  readonly url: string;
  readonly dialect: 'sqlite' | 'postgres';
  readonly keepDays: number;
  readonly now: () => number;
  readonly load: () => Promise<Dialect>;
}

/** A log of predictions in the tables of a database. */
export class DatabaseSink implements PredictionSink {
  readonly #settings: SinkSettings;
  #opening: Promise<Kysely<Tables>> | undefined;

  constructor(settings: SinkSettings) {
    this.#settings = settings;
  }

  async writePredictions(rows: readonly PredictionRow[]): Promise<Kept> {
    const part = rows.slice(0, STATEMENT_ROWS).map(tableRow);
    // A row comes again when the answer to its commit was lost.
    await this.#use((db) =>
      db
        .insertInto('scorecast_predictions')
        .values(part)
        .onConflict((on) => on.column('id').doNothing())
        .execute(),
    );
    return { rows: part.length, bytes: part.reduce((sum, row) => sum + rowBytes(row), 0) };
  }

  async writeOutcomes(rows: readonly OutcomeRow[]): Promise<void> {
    const written = rows.map(({ id, outcome, outcomeAt, recordedAt }) => ({
      prediction_id: id,
      prediction_at: predictionTime(id) ?? recordedAt,
      outcome,
      outcome_at: outcomeAt,
      recorded_at: recordedAt,
    }));
    await this.#use((db) =>
      db.transaction().execute(async (queries) => {
        for (let from = 0; from < written.length; from += STATEMENT_ROWS) {
          const part = written.slice(from, from + STATEMENT_ROWS);
          await queries.insertInto('scorecast_outcomes').values(part).execute();
        }
      }),
    );
  }

  async findPrediction(id: string): Promise<PredictionRow | undefined> {
    const found = await this.#use((db) =>
      db.selectFrom('scorecast_predictions').selectAll().where('id', '=', id).executeTakeFirst(),
    );
    return found === undefined ? undefined : predictionRow(found);
  }

  async knownIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (let from = 0; from < ids.length; from += STATEMENT_ROWS) {
      const part = ids.slice(from, from + STATEMENT_ROWS);
      const rows = await this.#use((db) =>
        db.selectFrom('scorecast_predictions').select('id').where('id', 'in', part).execute(),
      );
      for (const { id } of rows) known.add(id);
    }
    return known;
  }

  async outcomesOf(id: string): Promise<readonly OutcomeRow[]> {
    const rows = await this.#use((db) =>
      db
        .selectFrom('scorecast_outcomes')
        .select(['outcome', 'outcome_at', 'recorded_at'])
        .where('prediction_id', '=', id)
        .orderBy('recorded_at')
        .orderBy('row')
        .execute(),
    );
    return rows.map((row) => ({ id, outcome: row.outcome, outcomeAt: row.outcome_at, recordedAt: row.recorded_at }));
  }

  async removeExpired(): Promise<void> {
    const { keepDays, now } = this.#settings;
    if (keepDays === Infinity) return;
    const end = now() - keepDays * DAY_MS;
    await this.#use(async (db) => {
      await db.deleteFrom('scorecast_predictions').where('given_at', '<', end).execute();
      await db.deleteFrom('scorecast_outcomes').where('prediction_at', '<', end).execute();
    });
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await (await opening)?.destroy();
  }

  /** Works with the database, which is opened when it is first needed, and again after that has failed. */
  async #use<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    try {
      for (let left = BUSY_ATTEMPTS; ; left--) {
        try {
          this.#opening ??= this.#open();
          return await work(await this.#opening);
        } catch (cause) {
          if (left === 0 || !isBusy(cause)) throw cause;
        }
        await sleep(BUSY_PAUSE_MS);
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const url = withoutPassword(this.#settings.url);
      throw storeError('PREDICTION_STORE_UNAVAILABLE', { url, reason }, { cause });
    }
  }

  async #open(): Promise<Kysely<Tables>> {
    const { load, dialect } = this.#settings;
    const db = new Kysely<Tables>({ dialect: await load() });
    try {
      await makeTables(db, dialect);
      return db;
    } catch (cause) {
      this.#opening = undefined;
      await db.destroy();
      throw cause;
    }
  }
}

function tableRow({ givenAt, inputsHash, ...row }: PredictionRow): PredictionsTable {
  return { ...row, given_at: givenAt, inputs_hash: inputsHash };
}

function predictionRow({ given_at: givenAt, inputs_hash: inputsHash, ...row }: PredictionsTable): PredictionRow {
  return { ...row, givenAt, inputsHash };
}

/** Whether an error says that another process holds SQLite's lock. */
function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && /^SQLITE_(?:BUSY|LOCKED)/.test(String(cause.code));
}

function rowBytes({ id, model, inputs, identifiers }: PredictionsTable): number {
  return 64 + id.length + model.length + (inputs?.length ?? 0) + (identifiers?.length ?? 0);
}
