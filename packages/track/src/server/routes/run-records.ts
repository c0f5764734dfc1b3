import { trackError } from '../../track-error.js';
import { logInputs, logOutputs } from '../../store/inputs.js';
import { logBatch } from '../../store/log-batch.js';
import { logMetric } from '../../store/metrics.js';
import { logParam } from '../../store/params.js';
import { setRunTag } from '../../store/run-tags.js';
import { getRun } from '../../store/runs.js';
import { route, type ApiCall, type ApiRoute } from '../api-route.js';
import { datasetInput, metric, modelInput, modelOutput, param, runId, tag } from '../request/entities.js';
import { listOf, required, text } from '../request/fields.js';

const HISTORY_TAG = 'mlflow.log-model.history';

/** What a run records: measurements, params, data sets, models. */
export const runRecordRoutes: readonly ApiRoute[] = [
  route('POST', 'runs/log-metric', 'editor', async ({ store, fields }) => {
    await logMetric(store, { runId: runId(fields), metric: metric(fields) });
    return {};
  }),
  route('POST', 'runs/log-parameter', 'editor', async ({ store, fields }) => {
    await logParam(store, { runId: runId(fields), ...param(fields) });
    return {};
  }),
  route('POST', 'runs/log-batch', 'editor', async ({ store, fields }) => {
    await logBatch(store, {
      runId: required(text, fields, 'run_id'),
      metrics: listOf(metric)(fields, 'metrics'),
      params: listOf(param)(fields, 'params'),
      tags: listOf(tag)(fields, 'tags'),
    });
    return {};
  }),
  route('POST', 'runs/log-inputs', 'editor', async ({ store, fields }) => {
    await logInputs(store, {
      runId: required(text, fields, 'run_id'),
      datasets: listOf(datasetInput)(fields, 'datasets'),
      models: listOf(modelInput)(fields, 'models'),
    });
    return {};
  }),
  route('POST', 'runs/outputs', 'editor', async ({ store, fields }) => {
    const run = required(text, fields, 'run_id');
    await logOutputs(store, { runId: run, models: required(listOf(modelOutput), fields, 'models') });
    return {};
  }),
  route('POST', 'runs/log-model', 'editor', logModel),
];

/** Clients before 3.0 note a model in a tag of its run. */
async function logModel({ store, fields }: ApiCall): Promise<object> {
  const run = required(text, fields, 'run_id');
  const model = modelFacts(required(text, fields, 'model_json'));
  const { data } = await getRun(store, run);
  const before = data.tags.find(({ key }) => key === HISTORY_TAG)?.value;
  const known = before === undefined ? undefined : parsed(before);
  const history: readonly unknown[] = Array.isArray(known) ? known : [];
  const value = JSON.stringify([...history, model]);
  await setRunTag(store, { runId: run, key: HISTORY_TAG, value });
  return {};
}

function modelFacts(json: string): object {
  const model = parsed(json);
  if (typeof model !== 'object' || model === null || Array.isArray(model)) {
    throw trackError('INVALID_PARAMETER_VALUE', {
      message: `Malformed model info. \n ${json} \n is not a valid JSON.`,
    });
  }
  const missing = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'].filter((name) => !(name in model));
  if (missing.length > 0) {
    const names = missing.map((name) => `'${name}'`).join(', ');
    throw trackError('INVALID_PARAMETER_VALUE', { message: `Model json is missing mandatory fields: {${names}}` });
  }
  return model;
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}
