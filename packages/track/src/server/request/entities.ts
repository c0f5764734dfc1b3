import { type DatasetInput } from '../../store/dataset.js';
import { type ViewType } from '../../store/lifecycle.js';
import { type Metric } from '../../store/metric.js';
import { type ModelInput, type ModelOutput, type RunStatus } from '../../store/run.js';
import { type SearchRequest } from '../../store/page.js';
import { type Param, type Tag } from '../../store/tag.js';
import { listOf, number, objectOf, oneOf, required, text, texts, whole, type FieldSource } from './fields.js';

/** A tag; without a value its value is the empty text. */
export const tag = (source: FieldSource): Tag => ({
  key: required(text, source, 'key'),
  value: text(source, 'value') ?? '',
});

/** A param; without a value its value is the empty text. */
export const param = (source: FieldSource): Param => tag(source);

/** Lists of tags, under any name. */
export const tags = listOf(tag);

/** A measurement. */
export const metric = (source: FieldSource): Metric => ({
  key: required(text, source, 'key'),
  value: required(number, source, 'value'),
  timestamp: required(whole, source, 'timestamp'),
  step: whole(source, 'step') ?? 0,
  modelId: filled(source, 'model_id'),
  datasetName: filled(source, 'dataset_name'),
  datasetDigest: filled(source, 'dataset_digest'),
});

/** A text; the empty one counts as not sent. */
export function filled(source: FieldSource, name: string): string | undefined {
  const value = text(source, name);
  return value === '' ? undefined : value;
}

/** A run's id, also under its old name. */
export function runId(source: FieldSource): string {
  return filled(source, 'run_id') ?? filled(source, 'run_uuid') ?? required(text, source, 'run_id');
}

/** Which lifecycle stages a search shows. */
export const viewType = oneOf<ViewType>({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 });

/** What every search takes. */
export function searchFields(source: FieldSource): SearchRequest {
  return {
    filter: text(source, 'filter'),
    maxResults: whole(source, 'max_results'),
    orderBy: texts(source, 'order_by'),
    pageToken: text(source, 'page_token'),
  };
}

/** Where a run stands. */
export const runStatus = oneOf<RunStatus>({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });

/** A data set that a run used. */
export const datasetInput = (source: FieldSource): DatasetInput => ({
  tags: tags(source, 'tags') ?? [],
  dataset: required(objectOf(dataset), source, 'dataset'),
});

function dataset(source: FieldSource): DatasetInput['dataset'] {
  return {
    name: required(text, source, 'name'),
    digest: required(text, source, 'digest'),
    sourceType: text(source, 'source_type') ?? '',
    source: text(source, 'source') ?? '',
    schema: text(source, 'schema') ?? null,
    profile: text(source, 'profile') ?? null,
  };
}

/** A logged model that a run was given. */
export const modelInput = (source: FieldSource): ModelInput => ({ modelId: required(text, source, 'model_id') });

/** A logged model that a run made. */
export const modelOutput = (source: FieldSource): ModelOutput => ({
  modelId: required(text, source, 'model_id'),
  step: whole(source, 'step') ?? 0,
});
