import { type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { type Experiment } from './experiment.js';
import { groupBy } from './group-by.js';
import { lifecycleStage } from './lifecycle.js';

type ExperimentRow = Selectable<Tables['experiments']>;

/** PostgreSQL numbers experiments with 32 bits, so a larger number can be no experiment's. */
const LARGEST_ID = 2 ** 31 - 1;

/** The number in an experiment's id; `-1`, which is no experiment's, when there is none. */
export function experimentNumber(experimentId: string): number {
  const id = /^\d{1,10}$/u.test(experimentId) ? Number(experimentId) : -1;
  return id <= LARGEST_ID ? id : -1;
}

/** Reads an experiment's row, whether it is deleted or not. */
export async function experimentRow(queries: Queries, experimentId: string): Promise<ExperimentRow> {
  const row = await queries
    .selectFrom('experiments')
    .selectAll()
    .where('experiment_id', '=', experimentNumber(experimentId))
    .executeTakeFirst();
  if (row === undefined) throw noExperiment(experimentId);
  return row;
}

/** Reads the row of an experiment that is to be changed, and refuses a deleted one. */
export async function activeExperimentRow(queries: Queries, experimentId: string): Promise<ExperimentRow> {
  const row = await experimentRow(queries, experimentId);
  checkExperimentIsActive(row);
  return row;
}

/** Refuses an experiment that is deleted. */
export function checkExperimentIsActive(row: Pick<ExperimentRow, 'experiment_id' | 'lifecycle_stage'>): void {
  if (row.lifecycle_stage === 'active') return;
  const message = `The experiment ${row.experiment_id} must be in the 'active' state. Current state is ${row.lifecycle_stage ?? 'unknown'}.`;
  throw trackError('INVALID_PARAMETER_VALUE', { message });
}

/** The error for an experiment that does not exist, or not in the stage that was asked for. */
export function noExperiment(experimentId: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `No Experiment with id=${experimentId} exists` });
}

/** Experiments of their rows, in the rows' order, with their tags. */
export async function experimentsOf(
  queries: Queries,
  dialect: Dialect,
  rows: readonly ExperimentRow[],
): Promise<Experiment[]> {
  const ids = rows.map((row) => row.experiment_id);
  const tags = await queries
    .selectFrom('experiment_tags')
    .select(['experiment_id', 'key', 'value'])
    .where(among(dialect, 'experiment_id', ids))
    .orderBy('key')
    .execute();
  const tagsOf = groupBy(tags, (tag) => tag.experiment_id);
  return rows.map((row) => ({
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactLocation: row.artifact_location ?? '',
    lifecycleStage: lifecycleStage(row.lifecycle_stage),
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    tags: tagsOf(row.experiment_id).map(({ key, value }) => ({ key, value: value ?? '' })),
  }));
}
