import { checkName } from './checks.js';
import { versionRow, type VersionKey } from './model-version-rows.js';
import { checkRegistryTag } from './registry-checks.js';
import { type Store } from './store.js';
import { type Tag } from './tag.js';

/** Sets a tag of a version, in place of the one with the same key. */
export async function setModelVersionTag(store: Store, request: VersionKey & Tag): Promise<void> {
  const { key, value } = request;
  checkRegistryTag(request);
  await store.db.write(async (queries) => {
    const { name, version } = await versionRow(queries, request);
    await queries
      .insertInto('model_version_tags')
      .values({ name, version, key, value })
      .onConflict((conflict) => conflict.columns(['key', 'name', 'version']).doUpdateSet({ value }))
      .execute();
  });
}

/** Removes a tag of a version, if there is one. */
export async function deleteModelVersionTag(
  store: Store,
  request: VersionKey & { readonly key: string },
): Promise<void> {
  const { key } = request;
  checkName(key, 'key');
  await store.db.write(async (queries) => {
    const { name, version } = await versionRow(queries, request);
    await queries
      .deleteFrom('model_version_tags')
      .where('name', '=', name)
      .where('version', '=', version)
      .where('key', '=', key)
      .execute();
  });
}
