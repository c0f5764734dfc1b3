import { type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { checkLength, invalid } from './checks.js';
import { loggedModelRow } from './logged-model-rows.js';
import { type ModelVersion } from './model-version.js';
import { versionRow, versionsOf } from './model-version-rows.js';
import { registeredModelRow } from './registered-model-rows.js';
import { checkModelName, checkRegistryTag } from './registry-checks.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';

const MAX_SOURCE_LENGTH = 500;
/** The tag of a logged model that lists the versions made from it. */
const VERSIONS_TAG = 'mlflow.modelVersions';

/** What a new version is made of. */
export interface CreateModelVersionRequest {
  readonly name: string;
  /** URI of the model's files; `models:/m-...` and `models:/name/1` mean those of that model. */
  readonly source: string;
  readonly runId?: string | undefined;
  readonly runLink?: string | undefined;
  readonly description?: string | undefined;
  /** The logged model that is registered. */
  readonly modelId?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** Adds a version to a registered model; its number is the largest so far and one more, deleted versions included. */
export async function createModelVersion(store: Store, request: CreateModelVersionRequest): Promise<ModelVersion> {
  const { name, source, runLink, description, tags = [] } = request;
  checkModelName(name);
  checkLength('source', source, MAX_SOURCE_LENGTH);
  for (const tag of tags) checkRegistryTag(tag);
  const now = store.now();
  return store.db.write(async (queries) => {
    await registeredModelRow(queries, name, store.db.dialect);
    const { storageLocation, runId } = await resolveSource(queries, request);
    const version = await nextVersion(queries, name);
    await queries
      .insertInto('model_versions')
      .values({
        name,
        version,
        creation_time: now,
        last_updated_time: now,
        description: description ?? null,
        user_id: null,
        current_stage: 'None',
        source,
        storage_location: storageLocation,
        run_id: runId ?? null,
        run_link: runLink ?? null,
        status: 'READY',
        status_message: null,
      })
      .execute();
    await queries.updateTable('registered_models').set({ last_updated_time: now }).where('name', '=', name).execute();
    const rows = lastOfEachKey(tags).map(({ key, value }) => [key, value, name, version]);
    await insertRows(queries, store.db.dialect, 'model_version_tags (key, value, name, version)', rows);
    if (request.modelId !== undefined && request.modelId !== '') {
      await noteVersion(queries, request.modelId, { name, version });
    }
    const row = await versionRow(queries, { name, version: String(version) });
    const [created] = await versionsOf(queries, store.db.dialect, [row]);
    return created;
  });
}

async function nextVersion(queries: Queries, name: string): Promise<number> {
  const { newest } = await queries
    .selectFrom('model_versions')
    .select((column) => column.fn.max('version').as('newest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return (newest ?? 0) + 1;
}

/** Where the files are, and which run made them, when the source names another model. */
async function resolveSource(
  queries: Queries,
  { source, runId, modelId }: CreateModelVersionRequest,
): Promise<{ readonly storageLocation: string; readonly runId: string | null | undefined }> {
  const [, path] = /^models:\/*(.+)$/u.exec(source) ?? [];
  const madeBy = runId === '' ? undefined : runId;
  if (path !== undefined) return resolveModelUri(queries, source, path, madeBy);
  if (madeBy !== undefined || modelId === undefined || modelId === '') {
    return { storageLocation: source, runId: madeBy };
  }
  const model = await loggedModelRow(queries, modelId);
  return { storageLocation: source, runId: model.source_run_id };
}

async function resolveModelUri(
  queries: Queries,
  source: string,
  path: string,
  runId: string | undefined,
): Promise<{ readonly storageLocation: string; readonly runId: string | null | undefined }> {
  const [name, version] = path.split('/');
  if (version === undefined) {
    const model = await loggedModelRow(queries, name);
    return { storageLocation: model.artifact_location, runId: runId ?? model.source_run_id };
  }
  if (!/^\d+$/u.test(version)) {
    throw invalid(
      `Unable to fetch model from model URI source artifact location '${source}'. ` +
        'Expected models:/<model id> or models:/<name>/<version>.',
    );
  }
  const row = await versionRow(queries, { name, version });
  return { storageLocation: row.storage_location ?? row.source ?? source, runId };
}

/** Adds a version to those that a logged model lists. */
async function noteVersion(
  queries: Queries,
  modelId: string,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<void> {
  const { experiment_id } = await loggedModelRow(queries, modelId);
  const tag = await queries
    .selectFrom('logged_model_tags')
    .select('tag_value')
    .where('model_id', '=', modelId)
    .where('tag_key', '=', VERSIONS_TAG)
    .executeTakeFirst();
  const value = JSON.stringify([...listed(tag?.tag_value ?? '[]'), { name, version }]);
  await queries
    .insertInto('logged_model_tags')
    .values({ model_id: modelId, experiment_id, tag_key: VERSIONS_TAG, tag_value: value })
    .onConflict((conflict) => conflict.columns(['model_id', 'tag_key']).doUpdateSet({ tag_value: value }))
    .execute();
}

function listed(json: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list : [];
  } catch {
    // Somebody wrote another text into the tag; the list begins anew.
    return [];
  }
}
