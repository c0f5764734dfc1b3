import { checkRunId, invalid } from './checks.js';
import { checkMetric, logMetrics, writeMetrics } from './metrics.js';
import { type Metric } from './metric.js';
import { checkedParam, writeParams, type ParamChange } from './params.js';
import { activeRun } from './run-rows.js';
import { checkedTag, writeTags } from './run-tags.js';
import { type Store } from './store.js';
import { type Param, type Tag } from './tag.js';

const MAX_METRICS = 1000;
const MAX_PARAMS = 100;
const MAX_TAGS = 100;
const MAX_ALL = 1000;

/** Measurements, params and tags of one run that belong together. */
export interface LogBatchRequest {
  readonly runId: string;
  /** At most 1000. */
  readonly metrics?: readonly Metric[] | undefined;
  /** At most 100, of different keys. */
  readonly params?: readonly Param[] | undefined;
  /** At most 100; at most 1000 of all three together. */
  readonly tags?: readonly Tag[] | undefined;
}

/**
 * Records a batch: all of it or nothing. Sent twice it is recorded once.
 *
 * @throws INVALID_PARAMETER_VALUE when a limit is passed, a key or value cannot be used, or a param would change.
 */
export async function logBatch(store: Store, request: LogBatchRequest): Promise<void> {
  const { runId, metrics = [], params = [], tags = [] } = request;
  checkRunId(runId);
  for (const [index, metric] of metrics.entries()) checkMetric(metric, `metrics[${index}]`);
  const checkedParams = params.map((param, index) => checkedParam(param, `params[${index}]`));
  const checkedTags = tags.map((tag, index) => checkedTag(tag, `tags[${index}]`));
  checkLimits(metrics.length, params.length, tags.length);
  checkDifferentKeys(params);
  if (params.length === 0 && tags.length === 0) return logMetrics(store, runId, metrics);
  await store.db.write(async (queries) => {
    const { experimentId } = await activeRun(queries, runId);
    const changes = await writeParams(queries, store.db.dialect, runId, checkedParams);
    if (changes.length > 0) throw changed(runId, changes);
    await writeMetrics(queries, store.db.dialect, runId, experimentId, metrics);
    await writeTags(queries, store.db.dialect, runId, checkedTags);
  });
}

function checkLimits(metrics: number, params: number, tags: number): void {
  checkLimit('metrics', metrics, MAX_METRICS);
  checkLimit('params', params, MAX_PARAMS);
  checkLimit('tags', tags, MAX_TAGS);
  checkLimit('metrics, params, and tags', metrics + params + tags, MAX_ALL);
}

function checkLimit(what: string, found: number, limit: number): void {
  if (found <= limit) return;
  throw invalid(
    `A batch logging request can contain at most ${limit} ${what}. Got ${found} ${what}. ` +
      `Please split up ${what} across multiple requests and try again.`,
  );
}

function checkDifferentKeys(params: readonly Param[]): void {
  const seen = new Set<string>();
  const twice = params.map(({ key }) => key).filter((key) => seen.has(key) || !seen.add(key));
  if (twice.length === 0) return;
  throw invalid(
    `Duplicate parameter keys have been submitted: ${pythonList(twice)}. ` +
      'Please ensure the request contains only one param value per param key.',
  );
}

function changed(runId: string, changes: readonly ParamChange[]): Error {
  const shown = changes.map(
    ({ key, oldValue, newValue }) => `{'key': '${key}', 'old_value': '${oldValue}', 'new_value': '${newValue}'}`,
  );
  return invalid(
    `Changing param values is not allowed. Params were already logged='[${shown.join(', ')}]' for run ID='${runId}'.`,
  );
}

/** A list as MLflow's messages show it. */
function pythonList(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}
