import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { groupBy } from './group-by.js';
import { entriesOf } from './run-entries.js';
import { loadedNumber } from './metric-value.js';
import { type Run } from './run.js';
import { datasetInputsOf, modelLinksOf } from './run-inputs.js';
import { runInfo, type RunRow } from './run-rows.js';

/** Runs of their rows, in the rows' order, with all that they recorded: six statements however many they are. */
export async function runsOf(queries: Queries, dialect: Dialect, rows: readonly RunRow[]): Promise<Run[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.run_uuid);
  const ofTheseRuns = among(dialect, 'run_uuid', ids);
  const paramsOf = await entriesOf(queries, dialect, 'params', ids);
  const tagsOf = await entriesOf(queries, dialect, 'tags', ids);
  const metrics = await queries
    .selectFrom('latest_metrics')
    .select(['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'])
    .where(ofTheseRuns)
    .execute();
  const datasetInputs = await datasetInputsOf(queries, dialect, ids);
  const { modelInputs, modelOutputs } = await modelLinksOf(queries, dialect, ids);
  const metricsOf = groupBy(metrics, (row) => row.run_uuid);
  return rows.map((row) => {
    const id = row.run_uuid;
    return {
      info: runInfo(row),
      data: {
        metrics: metricsOf(id).map(({ key, value, timestamp, step, is_nan }) => ({
          key,
          value: loadedNumber(value, is_nan),
          timestamp: timestamp ?? 0,
          step,
        })),
        params: paramsOf(id),
        tags: tagsOf(id),
      },
      inputs: { datasetInputs: datasetInputs(id), modelInputs: modelInputs(id) },
      outputs: { modelOutputs: modelOutputs(id) },
    };
  });
}
