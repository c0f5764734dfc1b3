import { sql } from 'kysely';
import { type Database } from '../database/database.js';
import { storedNumber } from './metric-value.js';
import { type Metric } from './metric.js';
import { checkIsActive } from './run-rows.js';

/**
 * Records one measurement with a single journey to PostgreSQL: one statement looks at the run, writes the measurement
 * and moves the latest value forward. The very same measurement again changes nothing, so it may be run twice.
 */
export async function logMetricAtOnce(db: Database, runId: string, metric: Metric): Promise<void> {
  const { value, isNan } = storedNumber(metric.value);
  const measured = sql`
    select ${metric.key}::varchar as key, ${value}::float8 as value, ${metric.timestamp}::bigint as timestamp,
      ${metric.step}::bigint as step, ${isNan}::boolean as is_nan, run_uuid from run where lifecycle_stage = 'active'`;
  const { rows } = await db.writeOne(async (queries) =>
    sql<{ lifecycle_stage: string | null }>`
      with run as (select run_uuid, lifecycle_stage from runs where run_uuid = ${runId}),
      measured as (${measured}),
      logged as (
        insert into metrics (key, value, timestamp, step, is_nan, run_uuid)
        select * from measured on conflict do nothing
      ),
      latest as (
        insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
        select * from measured on conflict (key, run_uuid) do update
        set value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan
        where (excluded.step, excluded.timestamp, excluded.value)
          > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)
      )
      select lifecycle_stage from run`.execute(queries),
  );
  checkIsActive(runId, rows.at(0));
}
