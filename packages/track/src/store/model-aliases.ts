import { trackError } from '../track-error.js';
import { invalid } from './checks.js';
import { type ModelVersion } from './model-version.js';
import { versionRow, versionsOf } from './model-version-rows.js';
import { registeredModelRow } from './registered-model-rows.js';
import { getLatestVersions } from './registered-models.js';
import { checkAlias, checkAliasIsFree, checkModelName, versionNumber } from './registry-checks.js';
import { type Store } from './store.js';

/** Names an alias. */
interface AliasKey {
  readonly name: string;
  readonly alias: string;
}

/** Points an alias at a version, away from the one that it pointed at before. */
export async function setModelAlias(store: Store, request: AliasKey & { readonly version: string }): Promise<void> {
  const { name, alias } = request;
  checkModelName(name);
  checkAlias(alias);
  checkAliasIsFree(alias);
  const version = versionNumber(request.version);
  await store.db.write(async (queries) => {
    await versionRow(queries, request);
    await queries
      .insertInto('registered_model_aliases')
      .values({ name, alias, version })
      .onConflict((conflict) => conflict.columns(['name', 'alias']).doUpdateSet({ version }))
      .execute();
  });
}

/** Removes an alias, if there is one. */
export async function deleteModelAlias(store: Store, { name, alias }: AliasKey): Promise<void> {
  checkAlias(alias);
  await store.db.write(async (queries) => {
    await registeredModelRow(queries, name);
    await queries.deleteFrom('registered_model_aliases').where('name', '=', name).where('alias', '=', alias).execute();
  });
}

/**
 * The version that an alias points at; `latest` is the newest one.
 *
 * @throws INVALID_PARAMETER_VALUE without the alias: clients of MLflow rely on this code.
 */
export async function getModelVersionByAlias(store: Store, { name, alias }: AliasKey): Promise<ModelVersion> {
  checkModelName(name);
  checkAlias(alias);
  if (alias.toLowerCase() === 'latest') return latestVersion(store, name);
  return store.db.read(async (queries) => {
    const row = await queries
      .selectFrom('registered_model_aliases')
      .select('version')
      .where('name', '=', name)
      .where('alias', '=', alias)
      .executeTakeFirst();
    if (row === undefined) throw invalid(`Registered model alias ${alias} not found.`);
    const version = await versionRow(queries, { name, version: String(row.version) });
    const [found] = await versionsOf(queries, store.db.dialect, [version]);
    return found;
  });
}

async function latestVersion(store: Store, name: string): Promise<ModelVersion> {
  const latest = (await getLatestVersions(store, { name })).at(-1);
  if (latest === undefined) {
    throw trackError('RESOURCE_DOES_NOT_EXIST', { message: `Latest version not found for model ${name}.` });
  }
  return latest;
}
