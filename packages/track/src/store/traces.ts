import { among } from '../database/among.js';
import { joinUri } from './artifact-location.js';
import { invalid, truncate } from './checks.js';
import { activeExperimentRow, experimentNumber } from './experiment-rows.js';
import { type Store } from './store.js';
import { type Tag } from './tag.js';
import { type TraceInfo } from './trace.js';
import { writeTraceNotes } from './trace-notes.js';
import { traceRow, tracesOf } from './trace-rows.js';

const MAX_PREVIEW_LENGTH = 1000;

/** Records the facts of a trace, or completes one that its spans have begun. */
export async function startTrace(store: Store, request: { readonly trace: TraceInfo }): Promise<TraceInfo> {
  const { trace } = request;
  const { dialect } = store.db;
  return store.db.write(async (queries) => {
    const experiment = await activeExperimentRow(queries, trace.experimentId);
    const facts = {
      experiment_id: experiment.experiment_id,
      timestamp_ms: trace.requestTime,
      execution_time_ms: trace.executionDuration,
      status: trace.state,
      client_request_id: trace.clientRequestId,
      request_preview: preview(trace.requestPreview),
      response_preview: preview(trace.responsePreview),
    };
    await queries
      .insertInto('trace_info')
      .values({ request_id: trace.traceId, ...facts })
      .onConflict((conflict) => conflict.column('request_id').doUpdateSet(facts))
      .execute();
    const tags = [...trace.tags, ...storageTags(experiment.artifact_location ?? '', trace.traceId)];
    await writeTraceNotes(queries, dialect, 'trace_tags', trace.traceId, tags);
    await writeTraceNotes(queries, dialect, 'trace_request_metadata', trace.traceId, trace.metadata);
    const [written] = await tracesOf(queries, dialect, [await traceRow(queries, trace.traceId)]);
    return written;
  });
}

/** The facts of a trace. */
export async function getTraceInfo(store: Store, traceId: string): Promise<TraceInfo> {
  return store.db.read(async (queries) => {
    const [trace] = await tracesOf(queries, store.db.dialect, [await traceRow(queries, traceId)]);
    return trace;
  });
}

/** Which traces of an experiment are deleted: those named, or those up to a time. */
export interface DeleteTracesRequest {
  readonly experimentId: string;
  readonly traceIds?: readonly string[] | undefined;
  /** Unix milliseconds; traces that began then or earlier. */
  readonly maxTimestamp?: number | undefined;
  /** The oldest so many of them. */
  readonly maxTraces?: number | undefined;
}

/** Deletes traces with their spans, and answers how many; this cannot be taken back. */
export async function deleteTraces(store: Store, request: DeleteTracesRequest): Promise<number> {
  const { experimentId, traceIds = [], maxTimestamp, maxTraces } = request;
  checkDeletion(request);
  return store.db.write(async (queries) => {
    const doomed = await queries
      .selectFrom('trace_info')
      .select('request_id')
      .where('experiment_id', '=', experimentNumber(experimentId))
      .$if(maxTimestamp !== undefined, (query) => query.where('timestamp_ms', '<=', maxTimestamp ?? 0))
      .$if(traceIds.length > 0, (query) => query.where(among(store.db.dialect, 'request_id', traceIds)))
      .orderBy('timestamp_ms')
      .$if(maxTraces !== undefined, (query) => query.limit(maxTraces ?? 0))
      .execute();
    const ids = doomed.map((row) => row.request_id);
    // Foreign keys take spans, tags and metadata along.
    await queries
      .deleteFrom('trace_info')
      .where(among(store.db.dialect, 'request_id', ids))
      .execute();
    return ids.length;
  });
}

/** The tags that tell clients where a trace's spans are: in this database. */
export function storageTags(experimentLocation: string, traceId: string): readonly Tag[] {
  return [
    { key: 'mlflow.artifactLocation', value: joinUri(experimentLocation, 'traces', traceId, 'artifacts') },
    { key: 'mlflow.trace.spansLocation', value: 'TRACKING_STORE' },
  ];
}

function preview(text: string | null): string | null {
  return text === null ? null : truncate(text, MAX_PREVIEW_LENGTH);
}

function checkDeletion({ traceIds = [], maxTimestamp, maxTraces }: DeleteTracesRequest): void {
  if (maxTimestamp === undefined && traceIds.length === 0) {
    throw invalid('Either `max_timestamp_millis` or `trace_ids` must be specified.');
  }
  if (maxTimestamp !== undefined && traceIds.length > 0) {
    throw invalid('Only one of `max_timestamp_millis` and `trace_ids` can be specified.');
  }
  if (maxTraces === undefined) return;
  if (traceIds.length > 0) throw invalid("`max_traces` can't be specified if `trace_ids` is specified.");
  if (maxTraces <= 0) throw invalid(`\`max_traces\` must be a positive integer, received ${maxTraces}.`);
}
