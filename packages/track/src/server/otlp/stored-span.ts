import { type Span } from '../../store/trace.js';
import { exactJson } from './exact-json.js';
import { type OtlpSpan } from './otlp-span.js';

const REQUEST_ID = 'mlflow.traceRequestId';
const SPAN_TYPE = 'mlflow.spanType';

/** A span as the store keeps it: `content` is the JSON in which MLflow writes spans to its database. */
export function storedSpan(span: OtlpSpan): Span {
  const traceId = `tr-${span.traceId}`;
  const attributes = { [REQUEST_ID]: traceId, ...span.attributes };
  const type = span.attributes[SPAN_TYPE];
  return {
    traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    type: typeof type === 'string' ? type : 'UNKNOWN',
    status: span.status.code,
    startTimeUnixNano: span.startTimeUnixNano,
    endTimeUnixNano: span.endTimeUnixNano,
    content: exactJson({
      trace_id: base64(span.traceId),
      span_id: base64(span.spanId),
      parent_span_id: span.parentSpanId === null ? null : base64(span.parentSpanId),
      name: span.name,
      start_time_unix_nano: span.startTimeUnixNano,
      end_time_unix_nano: span.endTimeUnixNano,
      events: span.events.map((event) => ({
        name: event.name,
        time_unix_nano: event.timeUnixNano,
        attributes: event.attributes,
      })),
      status: { code: `STATUS_CODE_${span.status.code}`, message: span.status.message },
      // Each value is JSON inside the JSON, which is how MLflow reads it back.
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, exactJson(value)])),
    }),
  };
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
