import { checkName } from './checks.js';
import { registeredModelRow } from './registered-model-rows.js';
import { checkModelName, checkRegistryTag } from './registry-checks.js';
import { type Store } from './store.js';
import { type Tag } from './tag.js';

/** Sets a tag of a registered model, in place of the one with the same key. */
export async function setRegisteredModelTag(store: Store, request: { readonly name: string } & Tag): Promise<void> {
  const { name, key, value } = request;
  checkModelName(name);
  checkRegistryTag(request);
  await store.db.write(async (queries) => {
    await registeredModelRow(queries, name);
    await queries
      .insertInto('registered_model_tags')
      .values({ name, key, value })
      .onConflict((conflict) => conflict.columns(['key', 'name']).doUpdateSet({ value }))
      .execute();
  });
}

/** Removes a tag of a registered model, if there is one. */
export async function deleteRegisteredModelTag(
  store: Store,
  request: { readonly name: string; readonly key: string },
): Promise<void> {
  const { name, key } = request;
  checkModelName(name);
  checkName(key, 'key');
  await store.db.write(async (queries) => {
    await registeredModelRow(queries, name);
    await queries.deleteFrom('registered_model_tags').where('name', '=', name).where('key', '=', key).execute();
  });
}
