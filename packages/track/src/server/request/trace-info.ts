import { type TraceInfo, type TraceState } from '../../store/trace.js';
import { type Tag } from '../../store/tag.js';
import { id, objectOf, oneOf, required, text, wrongValue, type FieldSource } from './fields.js';

/** How a traced call ended. */
export const traceState = oneOf<TraceState>({ STATE_UNSPECIFIED: 0, OK: 1, ERROR: 2, IN_PROGRESS: 3 });

/** The facts of a trace, as clients since 3.0 send them. */
export function traceInfo(source: FieldSource): TraceInfo {
  return {
    traceId: required(text, source, 'trace_id'),
    experimentId: required(objectOf(location), source, 'trace_location'),
    clientRequestId: text(source, 'client_request_id') ?? null,
    requestTime: timestamp(source, 'request_time'),
    executionDuration: duration(source, 'execution_duration'),
    state: traceState(source, 'state') ?? 'STATE_UNSPECIFIED',
    requestPreview: text(source, 'request_preview') ?? null,
    responsePreview: text(source, 'response_preview') ?? null,
    metadata: notes(source, 'trace_metadata'),
    tags: notes(source, 'tags'),
  };
}

/** The experiment that a trace is in. */
export function location(source: FieldSource): string {
  return required(
    objectOf((experiment) => required(id, experiment, 'experiment_id')),
    source,
    'mlflow_experiment',
  );
}

function notes(source: FieldSource, name: string): readonly Tag[] {
  const value = source.value(name);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, item]) => ({ key, value: String(item) }));
}

/** A moment such as `2026-01-02T03:04:05.678901Z`, in milliseconds. */
function timestamp(source: FieldSource, name: string): number {
  const value = required(text, source, name);
  const found = Date.parse(value.replace(/(\.\d{3})\d+/u, '$1'));
  if (Number.isNaN(found)) throw wrongValue(source, name, value, 'Expected a time such as 2026-01-02T03:04:05.678Z.');
  return found;
}

/** A span of time such as `1.250s`, in milliseconds. */
function duration(source: FieldSource, name: string): number | null {
  const value = text(source, name);
  if (value === undefined) return null;
  const [, seconds] = /^(-?\d+(?:\.\d+)?)s$/u.exec(value) ?? [];
  if (seconds === undefined) throw wrongValue(source, name, value, 'Expected seconds such as 1.250s.');
  return Math.round(Number(seconds) * 1000);
}
