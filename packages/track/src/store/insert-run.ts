import { sql } from 'kysely';
import { type Database } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { joinUri } from './artifact-location.js';
import { activeExperimentRow, checkExperimentIsActive, experimentNumber, noExperiment } from './experiment-rows.js';
import { type Tag } from './tag.js';

/** What the rows of a new run hold. */
export interface NewRun {
  readonly runId: string;
  readonly runName: string;
  readonly userId: string;
  readonly startTime: number;
  /** With different keys. */
  readonly tags: readonly Tag[];
  readonly experimentId: string;
}

/** What the database knows about a new run. */
interface InsertedRun {
  readonly experimentNumber: number;
  readonly artifactUri: string;
}

const COLUMNS =
  'run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version, ' +
  'lifecycle_stage, artifact_uri, experiment_id';

/** Writes the rows of a new run, and refuses an experiment that does not exist or is deleted. */
export async function insertRun(db: Database, run: NewRun): Promise<InsertedRun> {
  return db.dialect === 'postgres' ? insertAtOnce(db, run) : insertInSteps(db, run);
}

async function insertInSteps(db: Database, run: NewRun): Promise<InsertedRun> {
  const { runId, runName, userId, startTime, tags } = run;
  return db.write(async (queries) => {
    const experiment = await activeExperimentRow(queries, run.experimentId);
    const { experiment_id: number } = experiment;
    const uri = joinUri(experiment.artifact_location ?? '', runId, 'artifacts');
    const row = [runId, runName, 'UNKNOWN', '', '', userId, 'RUNNING', startTime, '', 'active', uri, number];
    await insertRows(queries, db.dialect, `runs (${COLUMNS})`, [row]);
    const tagRows = tags.map(({ key, value }) => [key, value, runId]);
    await insertRows(queries, db.dialect, 'tags (key, value, run_uuid)', tagRows);
    return { experimentNumber: number, artifactUri: uri };
  });
}

/** One statement, so that five journeys to PostgreSQL become one. Run twice, it writes once. */
async function insertAtOnce(db: Database, run: NewRun): Promise<InsertedRun> {
  const { runId, runName, userId, startTime, tags, experimentId } = run;
  const { rows } = await db.writeOne(async (queries) =>
    sql<{ experiment_id: number; lifecycle_stage: string | null; artifact_uri: string }>`
      with experiment as (
        select experiment_id, lifecycle_stage, ${sql.raw(URI_START)} || ${`/${runId}/artifacts`}::text || ${sql.raw(URI_END)} as artifact_uri
        from experiments where experiment_id = ${experimentNumber(experimentId)}
      ),
      run as (
        insert into runs (${sql.raw(COLUMNS)})
        select ${runId}, ${runName}, 'UNKNOWN', '', '', ${userId}, 'RUNNING', ${startTime}, '', 'active', artifact_uri, experiment_id
        from experiment where lifecycle_stage = 'active' on conflict do nothing
      ),
      tagged as (
        insert into tags (key, value, run_uuid) select key, value, ${runId}
        from experiment, json_to_recordset(${JSON.stringify(tags)}::json) as tag (key varchar, value varchar)
        where lifecycle_stage = 'active' on conflict do nothing
      )
      select experiment_id, lifecycle_stage, artifact_uri from experiment`.execute(queries),
  );
  const [experiment] = rows;
  if (experiment === undefined) throw noExperiment(experimentId);
  checkExperimentIsActive(experiment);
  return { experimentNumber: experiment.experiment_id, artifactUri: experiment.artifact_uri };
}

/** What {@link joinUri} does, in SQL: a location without a slash at its end, and the query behind it. */
const URI_START = `regexp_replace(substring(coalesce(artifact_location, '') from '^[^?#]*'), '/$', '')`;
const URI_END = `coalesce(substring(artifact_location from '[?#].*'), '')`;
