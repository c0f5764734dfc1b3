import { sql, type RawBuilder } from 'kysely';
import { type Database } from '../database/database.js';
import { storedNumber } from './metric-value.js';
import { type Metric } from './metric.js';
import { checkIsActive } from './run-rows.js';

/**
 * Records measurements of a run with a single journey to PostgreSQL, together with all that came while the last journey
 * was under way: clients that log to the same run wait for one commit, not for each other's in turn.
 */
export async function logMetricsAtOnce(db: Database, runId: string, metrics: readonly Metric[]): Promise<void> {
  const queue = queues.get(db) ?? new MetricQueue(db);
  queues.set(db, queue);
  const stages = await queue.add(runId, metrics);
  const stage = stages.get(runId);
  checkIsActive(runId, stage === undefined ? undefined : { lifecycle_stage: stage });
}

const queues = new WeakMap<Database, MetricQueue>();

/** What `metrics` and `latest_metrics` hold of a measurement. */
interface Measurement {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly isNan: boolean;
  readonly runId: string;
}

/** The lifecycle stages of runs, by their ids; runs that do not exist are not in it. */
type Stages = ReadonlyMap<string, string | null>;

class MetricQueue {
  readonly #db: Database;
  #waiting: Measurement[] = [];
  #next: Promise<Stages> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves when the measurements are durable. */
  async add(runId: string, metrics: readonly Metric[]): Promise<Stages> {
    for (const { key, value, timestamp, step } of metrics) {
      this.#waiting.push({ key, timestamp, step, runId, ...storedNumber(value) });
    }
    this.#next ??= this.#writeNext();
    return this.#next;
  }

  async #writeNext(): Promise<Stages> {
    await this.#last;
    const group = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const written = writeMeasurements(this.#db, group);
    this.#last = written.catch(() => undefined);
    return written;
  }
}

/** One statement looks at the runs, writes the measurements of active ones and moves their latest values forward. */
async function writeMeasurements(db: Database, group: readonly Measurement[]): Promise<Stages> {
  const { rows } = await db.writeOne(async (queries) =>
    sql<{ run_uuid: string; lifecycle_stage: string | null }>`
      with given (key, value, timestamp, step, is_nan, run_uuid) as (${rowsOf(group)}),
      run as (select run_uuid, lifecycle_stage from runs where run_uuid in (select run_uuid from given)),
      measured as (
        select given.* from given join run on run.run_uuid = given.run_uuid where lifecycle_stage = 'active'
      ),
      logged as (
        insert into metrics (key, value, timestamp, step, is_nan, run_uuid)
        select * from measured on conflict do nothing
      ),
      latest as (
        insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
        select distinct on (run_uuid, key) * from measured
        order by run_uuid, key, step desc, timestamp desc, value desc
        on conflict (key, run_uuid) do update
        set value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan
        where (excluded.step, excluded.timestamp, excluded.value)
          > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)
      )
      select run_uuid, lifecycle_stage from run`.execute(queries),
  );
  return new Map(rows.map((row) => [row.run_uuid, row.lifecycle_stage]));
}

/**
 * The rows of a group, as a query.
 *
 * One row alone is made of plain params: PostgreSQL plans the statement once then, and anew at each use where it is to
 * guess how many elements an array has, which takes longer than running it.
 */
function rowsOf(group: readonly Measurement[]): RawBuilder<unknown> {
  const [first, ...others] = group;
  if (others.length === 0) {
    const { key, value, timestamp, step, isNan, runId } = first;
    return sql`select ${key}::varchar, ${value}::float8, ${timestamp}::bigint, ${step}::bigint, ${isNan}::boolean,
      ${runId}::varchar`;
  }
  const column = <Name extends keyof Measurement>(name: Name): Measurement[Name][] => group.map((row) => row[name]);
  return sql`select * from unnest(${column('key')}::varchar[], ${column('value')}::float8[],
    ${column('timestamp')}::bigint[], ${column('step')}::bigint[], ${column('isNan')}::boolean[],
    ${column('runId')}::varchar[])`;
}
