import { insertRows } from '../database/insert-rows.js';
import { type Queries } from '../database/database.js';
import { PROMPT_TAG } from '../search/model-vocabulary.js';
import { trackError } from '../track-error.js';
import { invalid } from './checks.js';
import { type ModelVersion } from './model-version.js';
import { type RegisteredModel } from './registered-model.js';
import { registeredModelRow, registeredModelsOf } from './registered-model-rows.js';
import { checkModelName, checkRegistryTag, stageNamed } from './registry-checks.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';

/** What a new registered model is made of. */
export interface CreateRegisteredModelRequest {
  /** No other model has it. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/**
 * Creates a name in the registry, without versions.
 *
 * @throws RESOURCE_ALREADY_EXISTS when the name is taken.
 */
export async function createRegisteredModel(
  store: Store,
  request: CreateRegisteredModelRequest,
): Promise<RegisteredModel> {
  const { name, description, tags = [] } = request;
  checkModelName(name);
  for (const tag of tags) checkRegistryTag(tag);
  const now = store.now();
  return store.db.write(async (queries) => {
    const created = await queries
      .insertInto('registered_models')
      .values({ name, creation_time: now, last_updated_time: now, description: description ?? null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst();
    if (created === undefined) throw await nameTaken(queries, name, tags);
    const rows = lastOfEachKey(tags).map(({ key, value }) => [key, value, name]);
    await insertRows(queries, store.db.dialect, 'registered_model_tags (key, value, name)', rows);
    return loaded(store, queries, name);
  });
}

/** A registered model with its tags, aliases and the newest version of each stage. */
export async function getRegisteredModel(store: Store, name: string): Promise<RegisteredModel> {
  return store.db.read(async (queries) => loaded(store, queries, name));
}

/** Changes the description of a registered model. */
export async function updateRegisteredModel(
  store: Store,
  request: { readonly name: string; readonly description?: string | undefined },
): Promise<RegisteredModel> {
  const { name, description } = request;
  return store.db.write(async (queries) => {
    await registeredModelRow(queries, name, store.db.dialect);
    await queries
      .updateTable('registered_models')
      .set({ description: description ?? null, last_updated_time: store.now() })
      .where('name', '=', name)
      .execute();
    return loaded(store, queries, name);
  });
}

/**
 * Gives a registered model another name; its versions, aliases and tags go with it.
 *
 * @throws RESOURCE_ALREADY_EXISTS when the name is taken.
 */
export async function renameRegisteredModel(
  store: Store,
  request: { readonly name: string; readonly newName: string },
): Promise<RegisteredModel> {
  const { name, newName } = request;
  if (newName === '') throw invalid("Missing value for required parameter 'new_name'.");
  const now = store.now();
  return store.db.write(async (queries) => {
    await registeredModelRow(queries, name, store.db.dialect);
    const other = await queries.selectFrom('registered_models').select('name').where('name', '=', newName).execute();
    if (other.length > 0 && newName !== name) {
      const message = `Registered Model (name=${newName}) already exists.`;
      throw trackError('RESOURCE_ALREADY_EXISTS', { message });
    }
    // Foreign keys carry the new name to versions, aliases and tags.
    await queries
      .updateTable('registered_models')
      .set({ name: newName, last_updated_time: now })
      .where('name', '=', name)
      .execute();
    await queries.updateTable('model_versions').set({ last_updated_time: now }).where('name', '=', newName).execute();
    return loaded(store, queries, newName);
  });
}

/** Deletes a registered model with all its versions; this cannot be taken back. */
export async function deleteRegisteredModel(store: Store, name: string): Promise<void> {
  await store.db.write(async (queries) => {
    await registeredModelRow(queries, name, store.db.dialect);
    await queries.deleteFrom('model_version_tags').where('name', '=', name).execute();
    await queries.deleteFrom('model_versions').where('name', '=', name).execute();
    await queries.deleteFrom('registered_model_aliases').where('name', '=', name).execute();
    await queries.deleteFrom('registered_model_tags').where('name', '=', name).execute();
    await queries.deleteFrom('registered_models').where('name', '=', name).execute();
  });
}

/** The newest version of each stage, or of some stages. */
export async function getLatestVersions(
  store: Store,
  request: { readonly name: string; readonly stages?: readonly string[] | undefined },
): Promise<readonly ModelVersion[]> {
  const stages = (request.stages ?? []).map(stageNamed);
  const { latestVersions } = await getRegisteredModel(store, request.name);
  return stages.length === 0
    ? latestVersions
    : latestVersions.filter((version) => stages.includes(version.currentStage));
}

async function loaded(store: Store, queries: Queries, name: string): Promise<RegisteredModel> {
  const [model] = await registeredModelsOf(queries, store.db.dialect, [await registeredModelRow(queries, name)]);
  return model;
}

/** Prompts and models share their names, so the error says which of them has it. */
async function nameTaken(queries: Queries, name: string, tags: readonly Tag[]): Promise<Error> {
  const tag = await queries
    .selectFrom('registered_model_tags')
    .select('value')
    .where('name', '=', name)
    .where('key', '=', PROMPT_TAG)
    .executeTakeFirst();
  const taker = tag?.value?.toLowerCase() === 'true' ? 'Prompt' : 'Registered Model';
  const wanted = tags.some(({ key, value }) => key === PROMPT_TAG && value.toLowerCase() === 'true')
    ? 'Prompt'
    : 'Registered Model';
  const message =
    taker === wanted
      ? `${wanted} (name=${name}) already exists.`
      : `Tried to create a ${wanted.toLowerCase()} with name '${name}', but the name is already taken by a ` +
        `${taker.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`;
  return trackError('RESOURCE_ALREADY_EXISTS', { message });
}
