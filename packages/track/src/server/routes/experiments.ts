import { trackError } from '../../track-error.js';
import { deleteExperimentTag, setExperimentTag } from '../../store/experiment-tags.js';
import {
  createExperiment,
  deleteExperiment,
  getExperiment,
  getExperimentByName,
  restoreExperiment,
  updateExperiment,
} from '../../store/experiments.js';
import { searchDatasets } from '../../store/inputs.js';
import { searchExperiments } from '../../store/search-experiments.js';
import { route, type ApiCall, type ApiRoute } from '../api-route.js';
import { searchFields, tags, viewType } from '../request/entities.js';
import { id, ids, required, text } from '../request/fields.js';
import { checkLocation } from '../request/location.js';
import { wireExperiment } from '../wire/experiment.js';

const MAX_DATASET_EXPERIMENTS = 20;

/** Experiments, their tags and data sets. */
export const experimentRoutes: readonly ApiRoute[] = [
  route('POST', 'experiments/create', 'editor', async ({ store, fields }) => {
    const name = required(text, fields, 'name');
    const artifactLocation = checkLocation(text(fields, 'artifact_location'));
    return { experiment_id: await createExperiment(store, { name, artifactLocation, tags: tags(fields, 'tags') }) };
  }),
  route('GET', 'experiments/get', 'viewer', async ({ store, fields }) => ({
    experiment: wireExperiment(await getExperiment(store, required(id, fields, 'experiment_id'))),
  })),
  route('GET', 'experiments/get-by-name', 'viewer', async ({ store, fields }) => ({
    experiment: wireExperiment(await getExperimentByName(store, required(text, fields, 'experiment_name'))),
  })),
  route('POST', 'experiments/update', 'editor', async ({ store, fields }) => {
    const experimentId = required(id, fields, 'experiment_id');
    await updateExperiment(store, { experimentId, newName: required(text, fields, 'new_name') });
    return {};
  }),
  route('POST', 'experiments/delete', 'editor', async ({ store, fields }) => {
    await deleteExperiment(store, required(id, fields, 'experiment_id'));
    return {};
  }),
  route('POST', 'experiments/restore', 'editor', async ({ store, fields }) => {
    await restoreExperiment(store, required(id, fields, 'experiment_id'));
    return {};
  }),
  route('POST', 'experiments/set-experiment-tag', 'editor', async ({ store, fields }) => {
    const experimentId = required(id, fields, 'experiment_id');
    const key = required(text, fields, 'key');
    await setExperimentTag(store, { experimentId, key, value: text(fields, 'value') ?? '' });
    return {};
  }),
  route('POST', 'experiments/delete-experiment-tag', 'editor', async ({ store, fields }) => {
    const experimentId = required(id, fields, 'experiment_id');
    await deleteExperimentTag(store, { experimentId, key: required(text, fields, 'key') });
    return {};
  }),
  route('GET', 'experiments/search', 'viewer', search),
  route('POST', 'experiments/search', 'viewer', search),
  route('POST', 'experiments/search-datasets', 'viewer', datasets),
];

async function search({ store, fields }: ApiCall): Promise<object> {
  const request = { viewType: viewType(fields, 'view_type'), ...searchFields(fields) };
  // MLflow's protocol has no default here, so what is not said is 0 and refused.
  const page = await searchExperiments(store, { ...request, maxResults: request.maxResults ?? 0 });
  return { experiments: page.items.map(wireExperiment), next_page_token: page.nextPageToken };
}

async function datasets({ store, fields }: ApiCall): Promise<object> {
  const experimentIds = ids(fields, 'experiment_ids') ?? [];
  if (experimentIds.length === 0) {
    throw trackError('INVALID_PARAMETER_VALUE', {
      message: 'SearchDatasets request must specify at least one experiment_id.',
    });
  }
  if (experimentIds.length > MAX_DATASET_EXPERIMENTS) {
    throw trackError('INVALID_PARAMETER_VALUE', {
      message:
        `SearchDatasets request cannot specify more than ${MAX_DATASET_EXPERIMENTS} experiment_ids. ` +
        `Received ${experimentIds.length} experiment_ids.`,
    });
  }
  const summaries = await searchDatasets(store, { experimentIds });
  return {
    dataset_summaries: summaries.map(({ experimentId, name, digest, context }) => ({
      experiment_id: experimentId,
      name,
      digest,
      context: context ?? undefined,
    })),
  };
}
