import { type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { trackError } from '../track-error.js';
import { joinUri } from './artifact-location.js';
import { invalid } from './checks.js';
import { activeExperimentRow } from './experiment-rows.js';
import { type LoggedModel, type LoggedModelStatus } from './logged-model.js';
import { LOGGED_MODEL_STATUSES, loggedModelRow, loggedModelsOf, noLoggedModel } from './logged-model-rows.js';
import { randomName } from './run-name.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Param, type Tag } from './tag.js';

/** What a new logged model is made of. */
export interface CreateLoggedModelRequest {
  readonly experimentId: string;
  /** Without `/ : . % " '`; default a random name. Several models may share it. */
  readonly name?: string | undefined;
  readonly sourceRunId?: string | undefined;
  readonly modelType?: string | undefined;
  readonly params?: readonly Param[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** Creates a logged model; it is pending until its files have arrived. */
export async function createLoggedModel(store: Store, request: CreateLoggedModelRequest): Promise<LoggedModel> {
  const { sourceRunId, modelType, params = [], tags = [] } = request;
  checkLoggedModelName(request.name);
  const name = request.name ?? randomName();
  const modelId = `m-${store.newId()}`;
  const now = store.now();
  return store.db.write(async (queries) => {
    const experiment = await activeExperimentRow(queries, request.experimentId);
    await queries
      .insertInto('logged_models')
      .values({
        model_id: modelId,
        experiment_id: experiment.experiment_id,
        name,
        artifact_location: joinUri(experiment.artifact_location ?? '', 'models', modelId, 'artifacts'),
        creation_timestamp_ms: now,
        last_updated_timestamp_ms: now,
        status: LOGGED_MODEL_STATUSES.indexOf('LOGGED_MODEL_PENDING'),
        lifecycle_stage: 'active',
        model_type: modelType ?? null,
        source_run_id: sourceRunId ?? null,
        status_message: null,
      })
      .execute();
    await writeParams(store, queries, modelId, experiment.experiment_id, params);
    await writeTags(store, queries, modelId, experiment.experiment_id, tags);
    return loaded(store, queries, modelId);
  });
}

/** A logged model that is not deleted. */
export async function getLoggedModel(store: Store, modelId: string): Promise<LoggedModel> {
  return store.db.read(async (queries) => {
    const row = await loggedModelRow(queries, modelId);
    if (row.lifecycle_stage === 'deleted') throw noLoggedModel(modelId);
    const [model] = await loggedModelsOf(queries, store.db.dialect, [row]);
    return model;
  });
}

/** Says that a logged model's files have arrived, or that they did not. */
export async function finalizeLoggedModel(
  store: Store,
  request: {
    readonly modelId: string;
    readonly status: LoggedModelStatus;
    readonly statusMessage?: string | undefined;
  },
): Promise<LoggedModel> {
  const { modelId, status, statusMessage } = request;
  return store.db.write(async (queries) => {
    await loggedModelRow(queries, modelId);
    await queries
      .updateTable('logged_models')
      .set({
        status: LOGGED_MODEL_STATUSES.indexOf(status),
        last_updated_timestamp_ms: store.now(),
        ...(statusMessage === undefined ? {} : { status_message: statusMessage }),
      })
      .where('model_id', '=', modelId)
      .execute();
    return loaded(store, queries, modelId);
  });
}

/** Deletes a logged model; it is kept until garbage collection. */
export async function deleteLoggedModel(store: Store, modelId: string): Promise<void> {
  await store.db.write(async (queries) => {
    await loggedModelRow(queries, modelId);
    await queries
      .updateTable('logged_models')
      .set({ lifecycle_stage: 'deleted', last_updated_timestamp_ms: store.now() })
      .where('model_id', '=', modelId)
      .execute();
  });
}

/** Sets tags of a logged model, in place of those with the same keys. */
export async function setLoggedModelTags(
  store: Store,
  request: { readonly modelId: string; readonly tags: readonly Tag[] },
): Promise<void> {
  const { modelId, tags } = request;
  await store.db.write(async (queries) => {
    const { experiment_id } = await loggedModelRow(queries, modelId);
    await writeTags(store, queries, modelId, experiment_id, tags);
  });
}

/**
 * Removes a tag of a logged model.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when there is no such tag.
 */
export async function deleteLoggedModelTag(
  store: Store,
  request: { readonly modelId: string; readonly key: string },
): Promise<void> {
  const { modelId, key } = request;
  await store.db.write(async (queries) => {
    await loggedModelRow(queries, modelId);
    const { numDeletedRows } = await queries
      .deleteFrom('logged_model_tags')
      .where('model_id', '=', modelId)
      .where('tag_key', '=', key)
      .executeTakeFirst();
    if (numDeletedRows === 0n) {
      const message = `No tag with key '${key}' found for model with ID '${modelId}'.`;
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
    }
  });
}

/** Adds params to a logged model. The same value again is fine, another one is refused. */
export async function logLoggedModelParams(
  store: Store,
  request: { readonly modelId: string; readonly params: readonly Param[] },
): Promise<void> {
  const { modelId, params } = request;
  await store.db.write(async (queries) => {
    const { experiment_id } = await loggedModelRow(queries, modelId);
    await writeParams(store, queries, modelId, experiment_id, params);
  });
}

async function loaded(store: Store, queries: Queries, modelId: string): Promise<LoggedModel> {
  const [model] = await loggedModelsOf(queries, store.db.dialect, [await loggedModelRow(queries, modelId)]);
  return model;
}

async function writeTags(
  store: Store,
  queries: Queries,
  modelId: string,
  experimentId: number,
  tags: readonly Tag[],
): Promise<void> {
  const rows = lastOfEachKey(tags).map(({ key, value }) => [modelId, experimentId, key, value]);
  await insertRows(
    queries,
    store.db.dialect,
    'logged_model_tags (model_id, experiment_id, tag_key, tag_value)',
    rows,
    'on conflict (model_id, tag_key) do update set tag_value = excluded.tag_value',
  );
}

async function writeParams(
  store: Store,
  queries: Queries,
  modelId: string,
  experimentId: number,
  params: readonly Param[],
): Promise<void> {
  const distinct = lastOfEachKey(params);
  const rows = distinct.map(({ key, value }) => [modelId, experimentId, key, value]);
  const into = 'logged_model_params (model_id, experiment_id, param_key, param_value)';
  const written = await insertRows(queries, store.db.dialect, into, rows, 'on conflict do nothing');
  if (written === distinct.length) return;
  const existing = await queries
    .selectFrom('logged_model_params')
    .selectAll()
    .where('model_id', '=', modelId)
    .execute();
  const valueOf = new Map(existing.map((row) => [row.param_key, row.param_value]));
  const changed = distinct.find(({ key, value }) => valueOf.get(key) !== value);
  if (changed === undefined) return;
  throw invalid(
    `Changing param values is not allowed. Param with key='${changed.key}' was already logged with ` +
      `value='${valueOf.get(changed.key) ?? ''}' for model ID='${modelId}'. Attempted logging new value '${changed.value}'.`,
  );
}

function checkLoggedModelName(name: string | undefined): void {
  if (name === undefined || (name !== '' && !/[/:.%"']/u.test(name))) return;
  throw invalid(
    `Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following ` +
      `characters: ('/', ':', '.', '%', '"', "'")`,
  );
}
