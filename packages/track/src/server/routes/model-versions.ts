import { changeStage, createVersion, deleteVersion } from '../../registry/audited-verbs.js';
import { deleteModelVersionTag, setModelVersionTag } from '../../store/model-version-tags.js';
import { getModelVersion, getModelVersionDownloadUri, updateModelVersion } from '../../store/model-versions.js';
import { searchModelVersions } from '../../store/search-registry.js';
import { acting, route, type ApiCall, type ApiRoute } from '../api-route.js';
import { filled, searchFields, tags } from '../request/entities.js';
import { flag, required, text, type FieldSource } from '../request/fields.js';
import { checkModelSource } from '../request/model-source.js';
import { wireModelVersion } from '../wire/model.js';

/** Prompts are kept as models whose versions have texts for sources. */
const PROMPT_TAG = 'mlflow.prompt.is_prompt';

/** Versions of registered models. */
export const modelVersionRoutes: readonly ApiRoute[] = [
  route('POST', 'model-versions/create', 'editor', create),
  route('GET', 'model-versions/get', 'viewer', async ({ store, fields }) => ({
    model_version: wireModelVersion(await getModelVersion(store, versionKey(fields))),
  })),
  route('GET', 'model-versions/get-download-uri', 'viewer', async ({ store, fields }) => ({
    artifact_uri: await getModelVersionDownloadUri(store, versionKey(fields)),
  })),
  route('GET', 'model-versions/search', 'viewer', async ({ store, fields }) => {
    const page = await searchModelVersions(store, searchFields(fields));
    return { model_versions: page.items.map(wireModelVersion), next_page_token: page.nextPageToken };
  }),
  route('PATCH', 'model-versions/update', 'editor', async ({ store, fields }) => {
    const version = await updateModelVersion(store, {
      ...versionKey(fields),
      description: text(fields, 'description'),
    });
    return { model_version: wireModelVersion(version) };
  }),
  route('POST', 'model-versions/transition-stage', 'editor', async ({ fields, ...call }) => {
    const key = versionKey(fields);
    const stage = required(text, fields, 'stage');
    const archiveExistingVersions = flag(fields, 'archive_existing_versions') ?? false;
    const version = await changeStage(await acting(call), { ...key, stage, archiveExistingVersions });
    return { model_version: wireModelVersion(version) };
  }),
  route('DELETE', 'model-versions/delete', 'editor', async ({ fields, ...call }) => {
    await deleteVersion(await acting(call), versionKey(fields));
    return {};
  }),
  route('POST', 'model-versions/set-tag', 'editor', async ({ store, fields }) => {
    const version = versionKey(fields);
    const key = required(text, fields, 'key');
    await setModelVersionTag(store, { ...version, key, value: text(fields, 'value') ?? '' });
    return {};
  }),
  route('DELETE', 'model-versions/delete-tag', 'editor', async ({ store, fields }) => {
    const version = versionKey(fields);
    await deleteModelVersionTag(store, { ...version, key: required(text, fields, 'key') });
    return {};
  }),
];

async function create({ fields, ...call }: ApiCall): Promise<object> {
  const name = required(text, fields, 'name');
  const source = required(text, fields, 'source');
  const runId = filled(fields, 'run_id');
  const modelId = filled(fields, 'model_id');
  const given = tags(fields, 'tags') ?? [];
  if (!given.some(({ key }) => key === PROMPT_TAG)) await checkModelSource(call.store, { source, runId, modelId });
  const version = await createVersion(await acting(call), {
    name,
    source,
    runId,
    runLink: text(fields, 'run_link'),
    description: text(fields, 'description'),
    modelId,
    tags: given,
  });
  return { model_version: wireModelVersion(version) };
}

function versionKey(fields: FieldSource): { readonly name: string; readonly version: string } {
  return { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
}
