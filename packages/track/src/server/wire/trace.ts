import { type TraceInfo } from '../../store/trace.js';
import { type Tag } from '../../store/tag.js';

/** The facts of a trace in wire format, as clients since 3.0 read them. */
export function wireTraceInfo(trace: TraceInfo): object {
  return {
    trace_id: trace.traceId,
    client_request_id: trace.clientRequestId ?? undefined,
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: trace.experimentId } },
    request_time: wireTimestamp(trace.requestTime),
    execution_duration: trace.executionDuration === null ? undefined : wireDuration(trace.executionDuration),
    state: trace.state,
    trace_metadata: byKey(trace.metadata),
    tags: byKey(trace.tags),
    request_preview: trace.requestPreview ?? undefined,
    response_preview: trace.responsePreview ?? undefined,
  };
}

/** The same as clients before 3.0 read them. */
export function wireOldTraceInfo(trace: TraceInfo): object {
  return {
    request_id: trace.traceId,
    experiment_id: trace.experimentId,
    timestamp_ms: trace.requestTime,
    execution_time_ms: trace.executionDuration ?? 0,
    status: trace.state,
    request_metadata: trace.metadata,
    tags: trace.tags,
  };
}

function byKey(notes: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(notes.map(({ key, value }) => [key, value]));
}

function wireTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

function wireDuration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${(milliseconds / 1000).toFixed(3)}s`;
}
