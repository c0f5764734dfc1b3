import { sql, type RawBuilder } from 'kysely';
import { numberColumn, textColumn } from './attributes.js';
import { entryField, entrySortKey, type Entries } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { type Comparison, type Condition, type Field, type SortKey } from './vocabulary.js';
import { vocabularyOf } from './words.js';

const params: Entries = { table: 'params', refers: [['runs.run_uuid', 'run_uuid']] };
const tags: Entries = { table: 'tags', refers: [['runs.run_uuid', 'run_uuid']] };

/** What runs can be searched by. */
export const runVocabulary = vocabularyOf({
  attributes: {
    run_id: textColumn('runs.run_uuid'),
    run_name: textColumn('runs.name'),
    user_id: textColumn('runs.user_id'),
    status: textColumn('runs.status'),
    artifact_uri: textColumn('runs.artifact_uri'),
    start_time: numberColumn('runs.start_time'),
    end_time: numberColumn('runs.end_time'),
    // Names of columns in MLflow's pages.
    created: numberColumn('runs.start_time'),
    Created: numberColumn('runs.start_time'),
    'run name': textColumn('runs.name'),
    'Run name': textColumn('runs.name'),
    'Run Name': textColumn('runs.name'),
  },
  entities: [
    { spellings: ['metrics', 'metric'], field: metricField, sortKey: metricSortKey },
    {
      spellings: ['params', 'param', 'parameters', 'parameter'],
      field: (key) => entryField(params, key),
      sortKey: (key, alias) => entrySortKey(params, key, alias),
    },
    {
      spellings: ['tags', 'tag'],
      field: (key) => entryField(tags, key),
      sortKey: (key, alias) => entrySortKey(tags, key, alias),
    },
    { spellings: ['datasets', 'dataset'], field: datasetField },
  ],
});

/** The newest run first; of runs that began together the one with the smaller id. */
export const newestRuns: readonly SortTerm[] = [
  { value: sql`coalesce(${sql.ref('runs.start_time')}, 0)`, descending: true, certain: true },
  { value: sql.ref('runs.run_uuid'), descending: false, certain: true },
];

/** By the latest value; NaN is unequal to every number, and in no other relation to one. */
function metricField(key: string): Field {
  const holds = (compare: Comparison, isUnequal: boolean): Condition => {
    const value = compare(sql.ref('value'));
    return sql`key = ${key} and ${isUnequal ? sql`(is_nan or ${value})` : sql`not is_nan and ${value}`}`;
  };
  return {
    type: 'number',
    where: (compare, isUnequal) =>
      sql`runs.run_uuid in (select run_uuid from latest_metrics where ${holds(compare, isUnequal)})`,
    lookUp: (compare, isUnequal) =>
      sql`exists (select 1 from latest_metrics where latest_metrics.run_uuid = runs.run_uuid and ${holds(compare, isUnequal)})`,
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
      where inputs.destination_type = 'RUN' and ${compare(sql.ref(column))})`,
  };
}
