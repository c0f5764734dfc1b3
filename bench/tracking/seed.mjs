// What a laboratory has after some years, written by SQL that both databases understand: MLflow's own tables.

import { createHash } from 'node:crypto';

/** The experiment that is searched: 10 000 runs with 10 metrics of 10 steps each, 6 params and 6 tags. */
export const EXPERIMENT = '1';
const RUNS = 10_000;
const METRICS = 10;
const STEPS = 10;
const TEAMS = ['red', 'green', 'blue', 'grey'];

/** The run of another experiment that has a long history of `loss`. */
export const LONG_RUN = idOf('long');
export const POINTS = 25_000;

const STARTED_AT = 1_750_000_000_000;
const ROWS_PER_STATEMENT = 500;

/** The statements, in order. Ids are spread as random ones are, and the same at every seeding. */
export function* seedStatements() {
  yield `insert into experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
    values (${EXPERIMENT}, 'many runs', 'mlflow-artifacts:/1', 'active', ${STARTED_AT}, ${STARTED_AT}),
      (2, 'written', 'mlflow-artifacts:/2', 'active', ${STARTED_AT}, ${STARTED_AT}),
      (3, 'long history', 'mlflow-artifacts:/3', 'active', ${STARTED_AT}, ${STARTED_AT})`;
  for (let first = 0; first < RUNS; first += ROWS_PER_STATEMENT) {
    yield runs(Array.from({ length: ROWS_PER_STATEMENT }, (_, i) => run(idOf(first + i), first + i, EXPERIMENT)));
  }
  yield runs([run(LONG_RUN, 0, 3)]);
  const params = ['alpha', 'depth', 'rate', 'folds', 'seed', 'solver'];
  for (const [i, key] of params.entries()) {
    yield `insert into params (key, value, run_uuid) select '${key}', cast(${number(i + 2)} as varchar(10)), run_uuid from runs`;
  }
  for (const key of ['mlflow.user', 'mlflow.source.name', 'mlflow.source.git.commit', 'mlflow.runName', 'note']) {
    yield `insert into tags (key, value, run_uuid) select '${key}', '${key} of run ' || ${number(RUNS)}, run_uuid from runs`;
  }
  const team = TEAMS.map((name, i) => `when ${i} then '${name}'`).join(' ');
  yield `insert into tags (key, value, run_uuid) select 'team', case ${number(TEAMS.length)} ${team} end, run_uuid from runs`;
  for (let metric = 0; metric < METRICS; metric++) {
    const value = `((${number(RUNS)} * 7919 + ${metric * 1301} + n * 17) % 10007) / 10007.0`;
    const from = `from runs cross join series where experiment_id = ${EXPERIMENT}`;
    yield `insert into metrics (${COLUMNS}) ${series(0, STEPS)} select 'm${metric}', ${value}, start_time + n, n, ${NO}, run_uuid ${from}`;
    yield `insert into latest_metrics (${COLUMNS}) ${series(STEPS - 1, STEPS)}
      select 'm${metric}', ${value}, start_time + n, n, ${NO}, run_uuid ${from}`;
  }
  const loss = `'loss', 1.0 / (n + 1), ${STARTED_AT} + n, n, ${NO}, '${LONG_RUN}' from series`;
  yield `insert into metrics (${COLUMNS}) ${series(0, POINTS)} select ${loss}`;
  yield `insert into latest_metrics (${COLUMNS}) ${series(POINTS - 1, POINTS)} select ${loss}`;
}

const COLUMNS = 'key, value, timestamp, step, is_nan, run_uuid';
const NO = 'false';

/** The number of a run, which its start tells, from 0 to below a limit. */
function number(limit) {
  return `((start_time - ${STARTED_AT}) / 1000 % ${limit})`;
}

function series(first, end) {
  return `with recursive series (n) as (select ${first} union all select n + 1 from series where n < ${end - 1})`;
}

function run(id, number, experiment) {
  const startedAt = STARTED_AT + number * 1000;
  const uri = `mlflow-artifacts:/${experiment}/${id}/artifacts`;
  return `('${id}', 'run ${number}', 'UNKNOWN', '', '', 'bench', 'FINISHED', ${startedAt}, ${startedAt + 900}, '', 'active', '${uri}', ${experiment})`;
}

function runs(rows) {
  return `insert into runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
    end_time, source_version, lifecycle_stage, artifact_uri, experiment_id) values ${rows.join(', ')}`;
}

function idOf(what) {
  return createHash('md5').update(`run ${what}`).digest('hex');
}
