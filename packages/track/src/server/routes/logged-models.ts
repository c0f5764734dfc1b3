import { type LoggedModelStatus } from '../../store/logged-model.js';
import {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  getLoggedModel,
  logLoggedModelParams,
  setLoggedModelTags,
} from '../../store/logged-models.js';
import { searchLoggedModels, type LoggedModelOrder } from '../../store/search-logged-models.js';
import { pathParameter, route, type ApiRoute } from '../api-route.js';
import { filled, param, tags } from '../request/entities.js';
import { flag, id, ids, listOf, oneOf, required, text, whole, type FieldSource } from '../request/fields.js';
import { wireLoggedModel } from '../wire/model.js';

const status = oneOf<LoggedModelStatus>({
  LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
});

/** Models that runs made, before they are registered: without these, clients since 3.0 cannot log a model. */
export const loggedModelRoutes: readonly ApiRoute[] = [
  route('POST', 'logged-models', 'editor', async ({ store, fields }) => {
    const model = await createLoggedModel(store, {
      experimentId: required(id, fields, 'experiment_id'),
      name: filled(fields, 'name'),
      modelType: text(fields, 'model_type'),
      sourceRunId: text(fields, 'source_run_id'),
      params: listOf(param)(fields, 'params'),
      tags: tags(fields, 'tags'),
    });
    return { model: wireLoggedModel(model) };
  }),
  route('POST', 'logged-models/search', 'viewer', async ({ store, fields }) => {
    const page = await searchLoggedModels(store, {
      experimentIds: required(ids, fields, 'experiment_ids'),
      filter: text(fields, 'filter'),
      datasets: listOf(measuredDataset)(fields, 'datasets'),
      orderBy: listOf(order)(fields, 'order_by'),
      maxResults: whole(fields, 'max_results'),
      pageToken: filled(fields, 'page_token'),
    });
    return { models: page.items.map(wireLoggedModel), next_page_token: page.nextPageToken };
  }),
  route('GET', 'logged-models/:modelId', 'viewer', async ({ store, request }) => ({
    model: wireLoggedModel(await getLoggedModel(store, pathParameter(request, 'modelId'))),
  })),
  route('PATCH', 'logged-models/:modelId', 'editor', async ({ store, fields, request }) => {
    const modelId = pathParameter(request, 'modelId');
    const model = await finalizeLoggedModel(store, { modelId, status: required(status, fields, 'status') });
    return { model: wireLoggedModel(model) };
  }),
  route('DELETE', 'logged-models/:modelId', 'editor', async ({ store, request }) => {
    await deleteLoggedModel(store, pathParameter(request, 'modelId'));
    return {};
  }),
  route('PATCH', 'logged-models/:modelId/tags', 'editor', async ({ store, fields, request }) => {
    const modelId = pathParameter(request, 'modelId');
    await setLoggedModelTags(store, { modelId, tags: tags(fields, 'tags') ?? [] });
    return {};
  }),
  route('DELETE', 'logged-models/:modelId/tags/:key', 'editor', async ({ store, request }) => {
    const modelId = pathParameter(request, 'modelId');
    await deleteLoggedModelTag(store, { modelId, key: pathParameter(request, 'key') });
    return {};
  }),
  route('POST', 'logged-models/:modelId/params', 'editor', async ({ store, fields, request }) => {
    const modelId = pathParameter(request, 'modelId');
    await logLoggedModelParams(store, { modelId, params: listOf(param)(fields, 'params') ?? [] });
    return {};
  }),
];

function measuredDataset(source: FieldSource): {
  readonly datasetName: string;
  readonly datasetDigest?: string | undefined;
} {
  return { datasetName: text(source, 'dataset_name') ?? '', datasetDigest: filled(source, 'dataset_digest') };
}

function order(source: FieldSource): LoggedModelOrder {
  return {
    fieldName: required(text, source, 'field_name'),
    ascending: flag(source, 'ascending'),
    datasetName: filled(source, 'dataset_name'),
    datasetDigest: filled(source, 'dataset_digest'),
  };
}
