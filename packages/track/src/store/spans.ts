import { sql, type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Queries } from '../database/database.js';
import { insertRows } from '../database/insert-rows.js';
import { type Tables } from '../database/tables.js';
import { activeExperimentRow } from './experiment-rows.js';
import { groupBy } from './group-by.js';
import { type Store } from './store.js';
import { type Span, type TraceState } from './trace.js';
import { writeTraceNotes } from './trace-notes.js';
import { spanPreview } from './trace-preview.js';
import { traceRow } from './trace-rows.js';
import { storageTags } from './traces.js';

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * Records spans of one trace or several; a trace that does not exist yet is begun.
 *
 * A trace reaches from its first span's start to its last one's end, and ends as its root span does.
 */
export async function logSpans(
  store: Store,
  request: { readonly experimentId: string; readonly spans: readonly Span[] },
): Promise<void> {
  const spansOf = groupBy(request.spans, (span) => span.traceId);
  const traceIds = [...new Set(request.spans.map((span) => span.traceId))].sort();
  await store.db.write(async (queries) => {
    const experiment = await activeExperimentRow(queries, request.experimentId);
    for (const traceId of traceIds) {
      const spans = spansOf(traceId);
      await beginTrace(store, queries, experiment, traceId, spans);
      await writeSpans(store, queries, experiment.experiment_id, spans);
      await fitTrace(queries, traceId, spans);
    }
  });
}

/** The spans of traces, root spans first and then by start; of a trace without spans an empty list. */
export async function getTraceSpans(
  store: Store,
  traceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Span[]>> {
  return store.db.read(async (queries) => {
    const rows = await queries
      .selectFrom('spans')
      .select(['trace_id', 'span_id', 'parent_span_id', 'name', 'type', 'status', 'content'])
      // As text: a number would round nanoseconds.
      .select([
        sql<string>`cast(start_time_unix_nano as text)`.as('start'),
        sql<string | null>`cast(end_time_unix_nano as text)`.as('end'),
      ])
      .where(among(store.db.dialect, 'trace_id', traceIds))
      .orderBy(sql`case when parent_span_id is null then 0 else 1 end`)
      .orderBy('start_time_unix_nano')
      .execute();
    const rowsOf = groupBy(rows, (row) => row.trace_id);
    return new Map(
      traceIds.map((traceId) => [
        traceId,
        rowsOf(traceId).map(({ start, end, ...row }) => ({
          traceId,
          spanId: row.span_id,
          parentSpanId: row.parent_span_id,
          name: row.name ?? '',
          type: row.type,
          status: row.status,
          startTimeUnixNano: BigInt(start),
          endTimeUnixNano: end === null ? null : BigInt(end),
          content: row.content,
        })),
      ]),
    );
  });
}

async function beginTrace(
  store: Store,
  queries: Queries,
  experiment: Selectable<Tables['experiments']>,
  traceId: string,
  spans: readonly Span[],
): Promise<void> {
  const begun = await queries
    .insertInto('trace_info')
    .values({
      request_id: traceId,
      experiment_id: experiment.experiment_id,
      timestamp_ms: startOf(spans),
      execution_time_ms: null,
      status: 'IN_PROGRESS',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('request_id')
    .executeTakeFirst();
  if (begun === undefined) return;
  const tags = storageTags(experiment.artifact_location ?? '', traceId);
  await writeTraceNotes(queries, store.db.dialect, 'trace_tags', traceId, tags);
}

async function writeSpans(store: Store, queries: Queries, experimentId: number, spans: readonly Span[]): Promise<void> {
  const rows = spans.map((span) => [
    span.traceId,
    experimentId,
    span.spanId,
    span.parentSpanId,
    span.name,
    span.type,
    span.status,
    span.startTimeUnixNano,
    span.endTimeUnixNano,
    span.content,
  ]);
  // A span is sent when it begins and again when it ends; of two with one id the later counts.
  const last = [...new Map(rows.map((row) => [row[2], row])).values()];
  await insertRows(queries, store.db.dialect, SPANS, last, UPSERT_SPAN);
}

const SPANS =
  'spans (trace_id, experiment_id, span_id, parent_span_id, name, type, status, start_time_unix_nano, ' +
  'end_time_unix_nano, content)';
const UPSERT_SPAN =
  'on conflict (trace_id, span_id) do update set parent_span_id = excluded.parent_span_id, name = excluded.name, ' +
  'type = excluded.type, status = excluded.status, start_time_unix_nano = excluded.start_time_unix_nano, ' +
  'end_time_unix_nano = excluded.end_time_unix_nano, content = excluded.content';

/** Widens a trace so that it holds its new spans, and ends it when its root span is among them. */
async function fitTrace(queries: Queries, traceId: string, spans: readonly Span[]): Promise<void> {
  const trace = await traceRow(queries, traceId);
  const start = Math.min(trace.timestamp_ms, startOf(spans));
  const ends = spans.flatMap((span) => (span.endTimeUnixNano === null ? [] : [milliseconds(span.endTimeUnixNano)]));
  const known = trace.execution_time_ms === null ? [] : [trace.timestamp_ms + trace.execution_time_ms];
  const end = Math.max(...known, ...ends);
  const isOpen = trace.status === 'IN_PROGRESS' || trace.status === 'STATE_UNSPECIFIED';
  await queries
    .updateTable('trace_info')
    .set({
      timestamp_ms: start,
      execution_time_ms: Number.isFinite(end) ? end - start : null,
      status: isOpen ? (rootState(spans) ?? trace.status) : trace.status,
      request_preview: trace.request_preview ?? previewIn(spans, 'mlflow.spanInputs', 'user'),
      response_preview: trace.response_preview ?? previewIn(spans, 'mlflow.spanOutputs', 'assistant'),
    })
    .where('request_id', '=', traceId)
    .execute();
}

function rootState(spans: readonly Span[]): TraceState | undefined {
  const root = spans.find((span) => span.parentSpanId === null && span.endTimeUnixNano !== null);
  if (root === undefined) return undefined;
  return root.status === 'ERROR' ? 'ERROR' : 'OK';
}

/** What the root span was given, or gave, in a few words. */
function previewIn(spans: readonly Span[], attribute: string, role: 'user' | 'assistant'): string | null {
  const root = spans.find((span) => span.parentSpanId === null);
  return root === undefined ? null : spanPreview(root.content, attribute, role);
}

function startOf(spans: readonly Span[]): number {
  return Math.min(...spans.map((span) => milliseconds(span.startTimeUnixNano)));
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / NANOSECONDS_PER_MILLISECOND);
}
