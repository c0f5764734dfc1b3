import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { invalid } from './checks.js';
import { groupBy } from './group-by.js';
import { metricOf } from './metric-history.js';
import { type Metric } from './metric.js';
import { type Store } from './store.js';

const MAX_RUNS = 100;
const MAX_STEPS = 2500;
/** Of one run; a step may have been measured many times. */
const MAX_POINTS = 25_000;

/** Which part of which histories is wanted. */
export interface SampledHistoryRequest {
  /** At most 100. */
  readonly runIds: readonly string[];
  readonly metricKey: string;
  /** Both or neither; by default from 0 to the last step. */
  readonly startStep?: number | undefined;
  readonly endStep?: number | undefined;
  /** Steps to sample: 1 to 2500, default 2500. */
  readonly maxResults?: number | undefined;
}

/**
 * What several runs measured under a key, at steps spread over a range so that a chart can show it.
 *
 * The steps are taken evenly from those that any of the runs measured; each run's first and last are always among them.
 */
export async function getMetricHistoryBulkInterval(
  store: Store,
  request: SampledHistoryRequest,
): Promise<readonly Metric[]> {
  const { runIds, metricKey, maxResults = MAX_STEPS } = request;
  checkRequest(request, maxResults);
  const { dialect } = store.db;
  return store.db.read(async (queries) => {
    const measured = await measuredSteps(queries, dialect, runIds, metricKey);
    const steps = sampleSteps(measured, request, maxResults);
    const rows = await queries
      .selectFrom('metrics')
      .select(['run_uuid', 'key', 'timestamp', 'step', 'value', 'is_nan'])
      .where(among(dialect, 'run_uuid', runIds))
      .where('key', '=', metricKey)
      .where(among(dialect, 'step', steps))
      .orderBy('step')
      .orderBy('timestamp')
      .orderBy('value')
      .execute();
    const rowsOf = groupBy(rows, (row) => row.run_uuid);
    return runIds.flatMap((runId) =>
      rowsOf(runId)
        .slice(0, MAX_POINTS)
        .map((row) => ({ ...metricOf(row), runId })),
    );
  });
}

async function measuredSteps(
  queries: Queries,
  dialect: Dialect,
  runIds: readonly string[],
  metricKey: string,
): Promise<readonly (readonly number[])[]> {
  const rows = await queries
    .selectFrom('metrics')
    .select(['run_uuid', 'step'])
    .distinct()
    .where(among(dialect, 'run_uuid', runIds))
    .where('key', '=', metricKey)
    .orderBy('step')
    .execute();
  const rowsOf = groupBy(rows, (row) => row.run_uuid);
  return runIds.map((runId) => rowsOf(runId).map(({ step }) => step));
}

function sampleSteps(
  measured: readonly (readonly number[])[],
  request: SampledHistoryRequest,
  maxResults: number,
): number[] {
  const all = [...new Set(measured.flat())].sort((a, b) => a - b);
  const { startStep = 0, endStep = all.at(-1) ?? 0 } = request;
  const isInside = (step: number): boolean => startStep <= step && step <= endStep;
  const ends = measured.flatMap((steps) => [...steps.slice(0, 1), ...steps.slice(-1)]).filter(isInside);
  return [...new Set([...spread(all.filter(isInside), maxResults), ...ends])];
}

/** Values spread evenly over a list, the first and last among them. */
function spread(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values;
  const at = Array.from({ length: count }, (_, index) => Math.floor((index * values.length) / count));
  return [...at, values.length - 1].map((index) => values[index]);
}

function checkRequest({ runIds, startStep, endStep }: SampledHistoryRequest, maxResults: number): void {
  if (runIds.length === 0) throw invalid("Missing value for required parameter 'run_ids'.");
  if (runIds.length > MAX_RUNS) {
    throw invalid(
      `GetMetricHistoryBulkInterval request must specify at most ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > MAX_STEPS) {
    throw invalid(`max_results must be between 1 and ${MAX_STEPS}.`);
  }
  if ((startStep === undefined) !== (endStep === undefined)) {
    throw invalid('If either start step or end step are specified, both must be specified.');
  }
  if (startStep !== undefined && endStep !== undefined && startStep > endStep) {
    throw invalid(`end_step must be greater than start_step. Found start_step=${startStep} and end_step=${endStep}.`);
  }
}
