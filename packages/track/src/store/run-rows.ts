import { type Selectable } from 'kysely';
import { type Queries } from '../database/database.js';
import { type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { lifecycleStage } from './lifecycle.js';
import { type RunInfo, type RunStatus } from './run.js';

/** A run's row. */
export type RunRow = Selectable<Tables['runs']>;

const RUN_STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;

/** Reads a run's row, whether it is deleted or not. */
export async function runRow(queries: Queries, runId: string): Promise<RunRow> {
  const row = await queries.selectFrom('runs').selectAll().where('run_uuid', '=', runId).executeTakeFirst();
  if (row === undefined) throw noRun(runId);
  return row;
}

/** Refuses a run that does not exist or is deleted; answers what else a write may need of it. */
export async function activeRun(queries: Queries, runId: string): Promise<{ readonly experimentId: number }> {
  const row = await queries
    .selectFrom('runs')
    .select(['lifecycle_stage', 'experiment_id'])
    .where('run_uuid', '=', runId)
    .executeTakeFirst();
  checkIsActive(runId, row);
  return { experimentId: row?.experiment_id ?? 0 };
}

/** Refuses a run that does not exist, which has no row, or that is deleted. */
export function checkIsActive(runId: string, row: Pick<RunRow, 'lifecycle_stage'> | undefined): void {
  if (row === undefined) throw noRun(runId);
  if (row.lifecycle_stage === 'active') return;
  const message = `The run ${runId} must be in the 'active' state. Current state is ${row.lifecycle_stage ?? 'unknown'}.`;
  throw trackError('INVALID_PARAMETER_VALUE', { message });
}

/** The error for a run that does not exist. */
export function noRun(runId: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `Run with id=${runId} not found` });
}

/** The facts in a run's row. */
export function runInfo(row: RunRow): RunInfo {
  return {
    runId: row.run_uuid,
    runName: row.name,
    experimentId: String(row.experiment_id ?? 0),
    userId: row.user_id,
    status: runStatus(row.status),
    startTime: row.start_time,
    endTime: row.end_time,
    artifactUri: row.artifact_uri,
    lifecycleStage: lifecycleStage(row.lifecycle_stage),
  };
}

function runStatus(column: string | null): RunStatus {
  return RUN_STATUSES.find((status) => status === column) ?? 'RUNNING';
}
