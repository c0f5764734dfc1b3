import { createModel, deleteAlias, deleteModel, renameModel } from '../../registry/audited-verbs.js';
import { moveAlias } from '../../registry/move-alias.js';
import { getModelVersionByAlias } from '../../store/model-aliases.js';
import { deleteRegisteredModelTag, setRegisteredModelTag } from '../../store/registered-model-tags.js';
import { getLatestVersions, getRegisteredModel, updateRegisteredModel } from '../../store/registered-models.js';
import { searchRegisteredModels } from '../../store/search-registry.js';
import { acting, route, type ApiCall, type ApiRoute } from '../api-route.js';
import { searchFields, tags } from '../request/entities.js';
import { required, text, texts } from '../request/fields.js';
import { wireModelVersion, wireRegisteredModel } from '../wire/model.js';

/** What the audit log says where a client sets an alias as MLflow does, which gives no reason. */
const SET_BY_CLIENT = 'set by a client';

/** Registered models, their tags and aliases. */
export const registeredModelRoutes: readonly ApiRoute[] = [
  route('POST', 'registered-models/create', 'editor', async ({ fields, ...call }) => {
    const name = required(text, fields, 'name');
    const description = text(fields, 'description');
    const model = await createModel(await acting(call), { name, description, tags: tags(fields, 'tags') });
    return { registered_model: wireRegisteredModel(model) };
  }),
  route('GET', 'registered-models/get', 'viewer', async ({ store, fields }) => ({
    registered_model: wireRegisteredModel(await getRegisteredModel(store, required(text, fields, 'name'))),
  })),
  route('GET', 'registered-models/search', 'viewer', async ({ store, fields }) => {
    const page = await searchRegisteredModels(store, searchFields(fields));
    return { registered_models: page.items.map(wireRegisteredModel), next_page_token: page.nextPageToken };
  }),
  route('PATCH', 'registered-models/update', 'editor', async ({ store, fields }) => {
    const name = required(text, fields, 'name');
    const model = await updateRegisteredModel(store, { name, description: text(fields, 'description') });
    return { registered_model: wireRegisteredModel(model) };
  }),
  route('POST', 'registered-models/rename', 'editor', async ({ fields, ...call }) => {
    const name = required(text, fields, 'name');
    const model = await renameModel(await acting(call), { name, newName: required(text, fields, 'new_name') });
    return { registered_model: wireRegisteredModel(model) };
  }),
  route('DELETE', 'registered-models/delete', 'editor', async ({ fields, ...call }) => {
    await deleteModel(await acting(call), required(text, fields, 'name'));
    return {};
  }),
  route('GET', 'registered-models/get-latest-versions', 'viewer', latestVersions),
  route('POST', 'registered-models/get-latest-versions', 'viewer', latestVersions),
  route('POST', 'registered-models/set-tag', 'editor', async ({ store, fields }) => {
    const name = required(text, fields, 'name');
    const key = required(text, fields, 'key');
    await setRegisteredModelTag(store, { name, key, value: text(fields, 'value') ?? '' });
    return {};
  }),
  route('DELETE', 'registered-models/delete-tag', 'editor', async ({ store, fields }) => {
    const name = required(text, fields, 'name');
    await deleteRegisteredModelTag(store, { name, key: required(text, fields, 'key') });
    return {};
  }),
  route('POST', 'registered-models/alias', 'editor', async ({ fields, ...call }) => {
    const name = required(text, fields, 'name');
    const alias = required(text, fields, 'alias');
    const version = required(text, fields, 'version');
    const { store, policy, by } = await acting(call);
    await moveAlias(store, policy, { name, alias, version, by, reason: SET_BY_CLIENT });
    return {};
  }),
  route('DELETE', 'registered-models/alias', 'editor', async ({ fields, ...call }) => {
    const name = required(text, fields, 'name');
    await deleteAlias(await acting(call), { name, alias: required(text, fields, 'alias') });
    return {};
  }),
  route('GET', 'registered-models/alias', 'viewer', async ({ store, fields }) => {
    const name = required(text, fields, 'name');
    const version = await getModelVersionByAlias(store, { name, alias: required(text, fields, 'alias') });
    return { model_version: wireModelVersion(version) };
  }),
];

async function latestVersions({ store, fields }: ApiCall): Promise<object> {
  const name = required(text, fields, 'name');
  const versions = await getLatestVersions(store, { name, stages: texts(fields, 'stages') });
  return { model_versions: versions.map(wireModelVersion) };
}
