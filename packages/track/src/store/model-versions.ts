import { type Queries } from '../database/database.js';
import { trackError } from '../track-error.js';
import { type ModelVersion } from './model-version.js';
import { DELETED_STAGE, versionRow, versionsOf, type VersionKey } from './model-version-rows.js';
import { stageNamed, versionNumber } from './registry-checks.js';
import { type Store } from './store.js';

/** A version with its tags and aliases. */
export async function getModelVersion(store: Store, key: VersionKey): Promise<ModelVersion> {
  return store.db.read(async (queries) => loaded(store, queries, key));
}

/** Changes the description of a version. */
export async function updateModelVersion(
  store: Store,
  request: VersionKey & { readonly description?: string | undefined },
): Promise<ModelVersion> {
  return store.db.write(async (queries) => {
    const { name, version } = await versionRow(queries, request);
    await queries
      .updateTable('model_versions')
      .set({ description: request.description ?? null, last_updated_time: store.now() })
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
    return loaded(store, queries, request);
  });
}

/** Deletes a version: its aliases go, its number is not given out again, and what it said is blotted out. */
export async function deleteModelVersion(store: Store, key: VersionKey): Promise<void> {
  const now = store.now();
  await store.db.write(async (queries) => {
    const { name, version } = await versionRow(queries, key);
    await queries
      .deleteFrom('registered_model_aliases')
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
    await queries
      .updateTable('model_versions')
      .set({
        current_stage: DELETED_STAGE,
        last_updated_time: now,
        description: null,
        user_id: null,
        source: 'REDACTED-SOURCE-PATH',
        run_id: 'REDACTED-RUN-ID',
        run_link: 'REDACTED-RUN-LINK',
        status_message: null,
      })
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
    await touchModel(queries, name, now);
  });
}

/**
 * Moves a version to a stage.
 *
 * @param request `archiveExistingVersions` moves the others of that stage to Archived; only for Staging and Production.
 */
export async function transitionStage(
  store: Store,
  request: VersionKey & { readonly stage: string; readonly archiveExistingVersions: boolean },
): Promise<ModelVersion> {
  const stage = stageNamed(request.stage);
  const { archiveExistingVersions } = request;
  if (archiveExistingVersions && stage !== 'Staging' && stage !== 'Production') {
    const message =
      `Model version transition cannot archive existing model versions because '${request.stage}' is not an Active ` +
      "stage. Valid stages are ['Staging', 'Production']";
    throw trackError('INTERNAL_ERROR', { message });
  }
  const now = store.now();
  return store.db.write(async (queries) => {
    const { name, version } = await versionRow(queries, request);
    if (archiveExistingVersions) {
      await queries
        .updateTable('model_versions')
        .set({ current_stage: 'Archived', last_updated_time: now })
        .where('name', '=', name)
        .where('version', '!=', version)
        .where('current_stage', '=', stage)
        .execute();
    }
    await queries
      .updateTable('model_versions')
      .set({ current_stage: stage, last_updated_time: now })
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
    await touchModel(queries, name, now);
    return loaded(store, queries, request);
  });
}

/** URI of the folder that the version's files are read from. */
export async function getModelVersionDownloadUri(store: Store, key: VersionKey): Promise<string> {
  return store.db.read(async (queries) => {
    const { storage_location, source } = await versionRow(queries, key);
    return storage_location ?? source ?? '';
  });
}

async function loaded(store: Store, queries: Queries, { name, version }: VersionKey): Promise<ModelVersion> {
  const row = await versionRow(queries, { name, version: String(versionNumber(version)) });
  const [found] = await versionsOf(queries, store.db.dialect, [row]);
  return found;
}

async function touchModel(queries: Queries, name: string, now: number): Promise<void> {
  await queries.updateTable('registered_models').set({ last_updated_time: now }).where('name', '=', name).execute();
}
