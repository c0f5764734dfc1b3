import { among } from '../database/among.js';
import { type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { checkLength, checkRunId, invalid } from './checks.js';
import { type Dataset, type DatasetInput, type DatasetSummary } from './dataset.js';
import { experimentNumber } from './experiment-rows.js';
import { type ModelInput, type ModelOutput } from './run.js';
import { activeRun } from './run-rows.js';
import { type Store } from './store.js';

const MAX_NAME_LENGTH = 500;
const MAX_DIGEST_LENGTH = 36;
const MAX_SOURCE_LENGTH = 65_535;
const MAX_SCHEMA_LENGTH = 1_048_575;
const MAX_PROFILE_LENGTH = 16_777_215;
const MAX_TAG_KEY_LENGTH = 255;
const MAX_TAG_VALUE_LENGTH = 500;

/** How many data sets a list shows. */
const MAX_SUMMARIES = 1000;
const CONTEXT_TAG = 'mlflow.data.context';

/** What a run was given. */
export interface LogInputsRequest {
  readonly runId: string;
  readonly datasets?: readonly DatasetInput[] | undefined;
  readonly models?: readonly ModelInput[] | undefined;
}

/** Records the data sets and models that a run was given. What was recorded before stays as it is. */
export async function logInputs(store: Store, request: LogInputsRequest): Promise<void> {
  const { runId, datasets = [], models = [] } = request;
  checkRunId(runId);
  for (const input of datasets) checkDatasetInput(input);
  await store.db.write(async (queries) => {
    const { experimentId } = await activeRun(queries, runId);
    for (const input of datasets) await linkDataset(store, queries, experimentId, runId, input);
    const rows = models.map(({ modelId }) => [store.newId(), 'RUN_INPUT', runId, 'MODEL_INPUT', modelId, 0]);
    await insertRows(queries, store.db.dialect, INPUTS, rows, 'on conflict do nothing');
  });
}

/** Records the models that a run made. */
export async function logOutputs(
  store: Store,
  request: { readonly runId: string; readonly models: readonly ModelOutput[] },
): Promise<void> {
  const { runId, models } = request;
  await store.db.write(async (queries) => {
    await activeRun(queries, runId);
    const rows = models.map(({ modelId, step }) => [store.newId(), 'RUN_OUTPUT', runId, 'MODEL_OUTPUT', modelId, step]);
    await insertRows(queries, store.db.dialect, INPUTS, rows, 'on conflict do nothing');
  });
}

/** The data sets that runs of some experiments were given: at most 1000. */
export async function searchDatasets(
  store: Store,
  request: { readonly experimentIds: readonly string[] },
): Promise<readonly DatasetSummary[]> {
  const ids = request.experimentIds.map(experimentNumber);
  return store.db.read(async (queries) => {
    const rows = await queries
      .selectFrom('datasets')
      .innerJoin('inputs', 'inputs.source_id', 'datasets.dataset_uuid')
      .leftJoin('input_tags', (join) =>
        join.onRef('input_tags.input_uuid', '=', 'inputs.input_uuid').on('input_tags.name', '=', CONTEXT_TAG),
      )
      .select(['datasets.experiment_id', 'datasets.name', 'datasets.digest', 'input_tags.value as context'])
      .distinct()
      .where(among(store.db.dialect, 'datasets.experiment_id', ids))
      .orderBy('datasets.name')
      .orderBy('datasets.digest')
      .limit(MAX_SUMMARIES)
      .execute();
    return rows.map(({ experiment_id, ...row }) => ({ experimentId: String(experiment_id), ...row }));
  });
}

const INPUTS = 'inputs (input_uuid, source_type, source_id, destination_type, destination_id, step)';

async function linkDataset(
  store: Store,
  queries: Queries,
  experimentId: number,
  runId: string,
  { dataset, tags }: DatasetInput,
): Promise<void> {
  const datasetId = await datasetUuid(store, queries, experimentId, dataset);
  const inputId = store.newId();
  const link = [inputId, 'DATASET', datasetId, 'RUN', runId, 0];
  const written = await insertRows(queries, store.db.dialect, INPUTS, [link], 'on conflict do nothing');
  if (written === 0) return;
  const rows = tags.map(({ key, value }) => [inputId, key, value]);
  await insertRows(queries, store.db.dialect, 'input_tags (input_uuid, name, value)', rows, 'on conflict do nothing');
}

/** The id of a data set in an experiment; it is stored when it is new there. */
async function datasetUuid(store: Store, queries: Queries, experimentId: number, dataset: Dataset): Promise<string> {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  const row = [store.newId(), experimentId, name, digest, sourceType, source, schema, profile];
  await insertRows(queries, store.db.dialect, DATASETS, [row], 'on conflict do nothing');
  const { dataset_uuid } = await queries
    .selectFrom('datasets')
    .select('dataset_uuid')
    .where('experiment_id', '=', experimentId)
    .where('name', '=', name)
    .where('digest', '=', digest)
    .executeTakeFirstOrThrow();
  return dataset_uuid;
}

const DATASETS =
  'datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, ' +
  'dataset_schema, dataset_profile)';

function checkDatasetInput({ dataset, tags }: DatasetInput): void {
  if (dataset.name === '') throw invalid('Dataset name cannot be empty');
  checkLength('name', dataset.name, MAX_NAME_LENGTH);
  checkLength('digest', dataset.digest, MAX_DIGEST_LENGTH);
  checkLength('source', dataset.source, MAX_SOURCE_LENGTH);
  checkLength('schema', dataset.schema ?? '', MAX_SCHEMA_LENGTH);
  checkLength('profile', dataset.profile ?? '', MAX_PROFILE_LENGTH);
  for (const { key, value } of tags) {
    checkLength('key', key, MAX_TAG_KEY_LENGTH);
    checkLength('value', value, MAX_TAG_VALUE_LENGTH);
  }
}
