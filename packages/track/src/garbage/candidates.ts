import { sql, type SqlBool } from 'kysely';
import type { Queries } from '../database/database.js';

/** Something deleted, with the place of its files. */
export interface Candidate {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string;
  readonly artifactUri: string;
}

/** How many candidates are worked on at once. */
export const BATCH = 200;

/** Runs that were deleted by `cutoff`, or whose removal was begun before; those after the id `after`. */
export async function deletedRuns(queries: Queries, cutoff: number, after: string): Promise<readonly Candidate[]> {
  const rows = await queries
    .selectFrom('runs')
    .select(['run_uuid', 'name', 'experiment_id', 'artifact_uri'])
    .where('lifecycle_stage', '=', 'deleted')
    .where((e) => e.or([e('deleted_time', '<=', cutoff), marked('run', 'run_uuid')]))
    .where('run_uuid', '>', after)
    .orderBy('run_uuid')
    .limit(BATCH)
    .execute();
  return rows.map((row) => ({
    id: row.run_uuid,
    name: row.name,
    experimentId: String(row.experiment_id),
    artifactUri: row.artifact_uri ?? '',
  }));
}

/** Logged models that were deleted by `cutoff`, alone or with their experiment. */
export async function deletedModels(queries: Queries, cutoff: number, after: string): Promise<readonly Candidate[]> {
  const rows = await queries
    .selectFrom('logged_models')
    .innerJoin('experiments', 'experiments.experiment_id', 'logged_models.experiment_id')
    .select([
      'logged_models.model_id',
      'logged_models.name',
      'logged_models.experiment_id',
      'logged_models.artifact_location',
    ])
    .where((e) =>
      e.or([
        e.and([
          e('logged_models.lifecycle_stage', '=', 'deleted'),
          e('logged_models.last_updated_timestamp_ms', '<=', cutoff),
        ]),
        e.and([e('experiments.lifecycle_stage', '=', 'deleted'), e('experiments.last_update_time', '<=', cutoff)]),
        marked('logged-model', 'model_id'),
      ]),
    )
    .where('logged_models.model_id', '>', after)
    .orderBy('logged_models.model_id')
    .limit(BATCH)
    .execute();
  return rows.map((row) => ({
    id: row.model_id,
    name: row.name,
    experimentId: String(row.experiment_id),
    artifactUri: row.artifact_location,
  }));
}

/** Experiments that were deleted by `cutoff` and have no run or model that stays. Number 0 always stays. */
export async function deletedExperiments(queries: Queries, cutoff: number): Promise<readonly Candidate[]> {
  const rows = await queries
    .selectFrom('experiments')
    .select(['experiment_id', 'name', 'artifact_location'])
    .where('experiment_id', '!=', 0)
    .where('lifecycle_stage', '=', 'deleted')
    .where((e) => e.or([e('last_update_time', '<=', cutoff), marked('experiment', 'experiment_id')]))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('runs')
            .select('run_uuid')
            .whereRef('runs.experiment_id', '=', 'experiments.experiment_id')
            .where((stays) =>
              stays.or([
                stays('runs.lifecycle_stage', '!=', 'deleted'),
                stays('runs.deleted_time', 'is', null),
                stays('runs.deleted_time', '>', cutoff),
              ]),
            ),
        ),
      ),
    )
    .orderBy('experiment_id')
    .execute();
  return rows.map((row) => ({
    id: String(row.experiment_id),
    name: row.name,
    experimentId: String(row.experiment_id),
    artifactUri: row.artifact_location ?? '',
  }));
}

/** That something carries a mark. @param column Of the table that is asked. */
function marked(kind: string, column: string) {
  const same = sql`scorecast_purges.id = cast(${sql.ref(column)} as varchar(64))`;
  return sql<SqlBool>`exists (select 1 from scorecast_purges where scorecast_purges.kind = ${kind} and ${same})`;
}
