import { sql } from 'kysely';
import { numberColumn, textColumn, type Attribute } from './attributes.js';
import { entryField, entrySortKey, entryValue, type Entries } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { type Comparison, type Condition, type Field } from './vocabulary.js';
import { vocabularyOf } from './words.js';

const tags: Entries = { table: 'trace_tags', refers: [['trace_info.request_id', 'request_id']] };
const metadata: Entries = { table: 'trace_request_metadata', refers: [['trace_info.request_id', 'request_id']] };

const executionTime = numberColumn('trace_info.execution_time_ms');
const startTime = numberColumn('trace_info.timestamp_ms');
const endTime: Attribute = {
  value: sql`(trace_info.timestamp_ms + coalesce(trace_info.execution_time_ms, 0))`,
  type: 'number',
};

/** The metadata with the run that recorded a trace. */
const SOURCE_RUN = 'mlflow.sourceRun';

/** That a trace was linked to a run later. */
function isLinked(compare: Comparison): Condition {
  return sql`trace_info.request_id in (select source_id from entity_associations
    where source_type = 'trace' and destination_type = 'run' and ${compare(sql.ref('entity_associations.destination_id'))})`;
}

const recorded = entryField(metadata, SOURCE_RUN);

/** The run of a trace: it recorded the trace, or was linked to it. */
const sourceRun: Field = {
  type: 'text',
  where: (compare, isUnequal) =>
    isUnequal
      ? recorded.where(compare, isUnequal)
      : sql`(${recorded.where(compare, isUnequal)} or ${isLinked(compare)})`,
};

/** What traces can be searched by. */
export const traceVocabulary = vocabularyOf({
  attributes: {
    request_id: textColumn('trace_info.request_id'),
    client_request_id: textColumn('trace_info.client_request_id'),
    status: textColumn('trace_info.status'),
    timestamp: startTime,
    timestamp_ms: startTime,
    execution_time: executionTime,
    execution_time_ms: executionTime,
    end_time: endTime,
    end_time_ms: endTime,
    experiment_id: numberColumn('trace_info.experiment_id'),
    name: { value: entryValue(tags, 'mlflow.traceName'), type: 'text' },
    run_id: { value: entryValue(metadata, SOURCE_RUN), type: 'text', also: isLinked },
  },
  sortOnly: ['experiment_id'],
  entities: [
    {
      spellings: ['tags', 'tag'],
      field: (key) => entryField(tags, key),
      sortKey: (key, alias) => entrySortKey(tags, key, alias),
    },
    {
      spellings: ['metadata', 'request_metadata'],
      field: (key) => (key === SOURCE_RUN ? sourceRun : entryField(metadata, key)),
      sortKey: (key, alias) => entrySortKey(metadata, key, alias),
    },
    { spellings: ['span', 'spans'], field: spanField },
  ],
});

/** The newest trace first. */
export const newestTraces: readonly SortTerm[] = [
  { value: sql.ref('trace_info.timestamp_ms'), descending: true, certain: true },
  { value: sql.ref('trace_info.request_id'), descending: false, certain: true },
];

const SPAN_COLUMNS: readonly string[] = ['name', 'type', 'status', 'content'];

/** That any span of the trace is so. */
function spanField(key: string): Field | string {
  if (!SPAN_COLUMNS.includes(key)) return 'name, type, status or content after span';
  return {
    type: 'text',
    where: (compare) =>
      sql`trace_info.request_id in (select trace_id from spans where ${compare(sql.ref(`spans.${key}`))})`,
  };
}
