import { sql, type RawBuilder } from 'kysely';
import { numberColumn, textColumn, type Attribute } from './attributes.js';
import { entryField, type Entries } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { type Condition, type Field, type SortKey, type Vocabulary } from './vocabulary.js';
import { vocabularyOf } from './words.js';

/** Data sets that measurements were made on; without a digest all of the name. */
export interface MeasuredDataset {
  readonly datasetName: string;
  readonly datasetDigest?: string | undefined;
}

const status: Attribute = {
  value: sql`case logged_models.status when 1 then 'PENDING' when 2 then 'READY' when 3 then 'FAILED' else 'UNSPECIFIED' end`,
  type: 'text',
};
const attributes: Readonly<Record<string, Attribute>> = {
  model_id: textColumn('logged_models.model_id'),
  name: textColumn('logged_models.name'),
  model_type: textColumn('logged_models.model_type'),
  status,
  source_run_id: textColumn('logged_models.source_run_id'),
  creation_time: numberColumn('logged_models.creation_timestamp_ms'),
  creation_timestamp: numberColumn('logged_models.creation_timestamp_ms'),
  last_updated_time: numberColumn('logged_models.last_updated_timestamp_ms'),
  last_updated_timestamp: numberColumn('logged_models.last_updated_timestamp_ms'),
};

const params: Entries = {
  table: 'logged_model_params',
  refers: [['logged_models.model_id', 'model_id']],
  keyColumn: 'param_key',
  valueColumn: 'param_value',
};
const tags: Entries = {
  table: 'logged_model_tags',
  refers: [['logged_models.model_id', 'model_id']],
  keyColumn: 'tag_key',
  valueColumn: 'tag_value',
};

/**
 * What logged models can be searched by.
 *
 * @param datasets Measurements count only when they were made on one of these; empty for all.
 */
export function loggedModelVocabulary(datasets: readonly MeasuredDataset[]): Vocabulary {
  return vocabularyOf({
    attributes,
    entities: [
      {
        spellings: ['metrics', 'metric'],
        field: (key) => metricField(key, datasets),
        sortKey: (key) => metricSortKey(key, datasets),
      },
      { spellings: ['params', 'param', 'parameters', 'parameter'], field: (key) => entryField(params, key) },
      { spellings: ['tags', 'tag'], field: (key) => entryField(tags, key) },
    ],
  });
}

/** The newest model first. */
export const newestModels: readonly SortTerm[] = [
  { value: sql.ref('logged_models.creation_timestamp_ms'), descending: true, certain: true },
  { value: sql.ref('logged_models.model_id'), descending: false, certain: true },
];

/** That a measurement was made on one of some data sets. */
export function onDatasets(datasets: readonly MeasuredDataset[]): Condition {
  if (datasets.length === 0) return sql`1 = 1`;
  const each = datasets.map(({ datasetName, datasetDigest }) =>
    datasetDigest === undefined
      ? sql`dataset_name = ${datasetName}`
      : sql`(dataset_name = ${datasetName} and dataset_digest = ${datasetDigest})`,
  );
  return sql`(${sql.join(each, sql` or `)})`;
}

/** By any measurement under the key, as MLflow does. */
function metricField(key: string, datasets: readonly MeasuredDataset[]): Field {
  return {
    type: 'number',
    where: (compare) => sql`logged_models.model_id in (select model_id from logged_model_metrics
      where metric_name = ${key} and ${onDatasets(datasets)} and ${compare(sql.ref('metric_value'))})`,
  };
}

/** By the newest measurement under the key. */
function metricSortKey(key: string, datasets: readonly MeasuredDataset[]): SortKey {
  const newest: RawBuilder<unknown> = sql`(select metric_value from logged_model_metrics
    where logged_model_metrics.model_id = logged_models.model_id and metric_name = ${key} and ${onDatasets(datasets)}
    order by metric_timestamp_ms desc, metric_step desc, run_id limit 1)`;
  return { value: newest, certain: false };
}
