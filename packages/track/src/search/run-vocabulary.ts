import { sql, type RawBuilder } from 'kysely';
import { entryField, entrySortKey } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { type Field, type SortKey, type Vocabulary } from './vocabulary.js';

/** Entities of MLflow's language, with the spellings it allows. */
const entities: Readonly<Record<string, 'attribute' | 'metric' | 'param' | 'tag' | 'dataset'>> = {
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  metric: 'metric',
  metrics: 'metric',
  param: 'param',
  params: 'param',
  parameter: 'param',
  parameters: 'param',
  tag: 'tag',
  tags: 'tag',
  dataset: 'dataset',
  datasets: 'dataset',
};

interface Attribute {
  readonly column: string;
  readonly type: Field['type'];
}

const startTime: Attribute = { column: 'runs.start_time', type: 'number' };
const runName: Attribute = { column: 'runs.name', type: 'text' };
const attributes: ReadonlyMap<string, Attribute> = new Map([
  ['run_id', { column: 'runs.run_uuid', type: 'text' }],
  ['run_name', runName],
  ['run name', runName],
  ['Run name', runName],
  ['Run Name', runName],
  ['user_id', { column: 'runs.user_id', type: 'text' }],
  ['status', { column: 'runs.status', type: 'text' }],
  ['artifact_uri', { column: 'runs.artifact_uri', type: 'text' }],
  ['start_time', startTime],
  ['created', startTime],
  ['Created', startTime],
  ['end_time', { column: 'runs.end_time', type: 'number' }],
] as const);

const ENTITY_NAMES = 'one of metrics, params, tags, attributes and datasets before the dot';
const ATTRIBUTE_NAMES =
  'run_id, run_name, user_id, status, artifact_uri, start_time or end_time, or a key such as metrics.rmse';

/** What runs can be searched by. */
export const runVocabulary: Vocabulary = {
  field(entity = 'attribute', key) {
    switch (entityOf(entity)) {
      case 'attribute':
        return attributeField(key);
      case 'metric':
        return metricField(key);
      case 'param':
        return entryField('runs.run_uuid', 'params', 'run_uuid', key);
      case 'tag':
        return entryField('runs.run_uuid', 'tags', 'run_uuid', key);
      case 'dataset':
        return datasetField(key);
      case undefined:
        return ENTITY_NAMES;
    }
  },
  sortKey(entity = 'attribute', key, alias) {
    switch (entityOf(entity)) {
      case 'attribute': {
        const attribute = attributes.get(key);
        return attribute === undefined ? ATTRIBUTE_NAMES : { value: sql.ref(attribute.column), certain: false };
      }
      case 'metric':
        return metricSortKey(key, alias);
      case 'param':
        return entrySortKey('runs.run_uuid', 'params', 'run_uuid', key, alias);
      case 'tag':
        return entrySortKey('runs.run_uuid', 'tags', 'run_uuid', key, alias);
      case 'dataset':
      case undefined:
        return 'one of metrics, params, tags and attributes before the dot';
    }
  },
};

/** The newest run first; of runs that began together the one with the smaller id. */
export const newestRuns: readonly SortTerm[] = [
  { value: sql`coalesce(${sql.ref('runs.start_time')}, 0)`, descending: true, certain: true },
  { value: sql.ref('runs.run_uuid'), descending: false, certain: true },
];

function entityOf(entity: string): (typeof entities)[string] | undefined {
  return Object.hasOwn(entities, entity) ? entities[entity] : undefined;
}

function attributeField(key: string): Field | string {
  const attribute = attributes.get(key);
  if (attribute === undefined) return ATTRIBUTE_NAMES;
  const { column, type } = attribute;
  return { type, where: (compare) => compare(column) };
}

/** By the latest value; NaN is unequal to every number, and in no other relation to one. */
function metricField(key: string): Field {
  return {
    type: 'number',
    where: (compare, isUnequal) => {
      const holds = isUnequal ? sql`(is_nan or ${compare('value')})` : sql`not is_nan and ${compare('value')}`;
      return sql`runs.run_uuid in (select run_uuid from latest_metrics where key = ${key} and ${holds})`;
    },
  };
}

/** Values first, then NaN, then runs without the metric. */
function metricSortKey(key: string, alias: string): SortKey {
  const at = (column: string): RawBuilder<unknown> => sql.ref(`${alias}.${column}`);
  return {
    value: sql`case when ${at('is_nan')} then null else ${at('value')} end`,
    certain: false,
    rank: sql`case when ${at('is_nan')} is null then 2 when ${at('is_nan')} then 1 else 0 end`,
    join: sql`left join latest_metrics as ${sql.ref(alias)} on ${at('run_uuid')} = runs.run_uuid and ${at('key')} = ${key}`,
  };
}

const datasetColumns: ReadonlyMap<string, string> = new Map([
  ['name', 'datasets.name'],
  ['digest', 'datasets.digest'],
  ['context', 'input_tags.value'],
]);

function datasetField(key: string): Field | string {
  const column = datasetColumns.get(key);
  if (column === undefined) return 'name, digest or context after datasets';
  const context =
    key === 'context'
      ? sql`join input_tags on input_tags.input_uuid = inputs.input_uuid and input_tags.name = 'mlflow.data.context'`
      : sql``;
  return {
    type: 'text',
    where: (compare) => sql`runs.run_uuid in (select inputs.destination_id from inputs
      join datasets on datasets.dataset_uuid = inputs.source_id ${context}
      where inputs.destination_type = 'RUN' and ${compare(column)})`,
  };
}
