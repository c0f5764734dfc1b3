import { parseExactJson } from '../server/otlp/exact-json.js';
import { fieldsOf, textOf } from './read-answer.js';

/** The attribute in which MLflow repeats the id of the trace. */
const TRACE_ID = 'mlflow.traceRequestId';

/**
 * An ExportTraceServiceRequest of OpenTelemetry with spans as MLflow writes them to files: since 3.0 with ids in base64, before
 * that with a `context` in hexadecimal digits. Attributes are JSON inside the JSON. Whole numbers are bigints.
 *
 * @param traceId `tr-` and 32 hexadecimal digits; all spans become this trace's.
 */
export function otlpRequest(traceId: string, spans: readonly unknown[]): object {
  const hex = traceId.replace(/^tr-/, '');
  return { resourceSpans: [{ scopeSpans: [{ spans: spans.map((span) => otlpSpan(hex, traceId, span)) }] }] };
}

function otlpSpan(hex: string, traceId: string, value: unknown): object {
  const span = fieldsOf(value);
  const context = fieldsOf(span['context']);
  const isNew = span['context'] === undefined;
  const id = isNew ? fromBase64(span['span_id']) : fromHex(context['span_id']);
  const parent = isNew ? fromBase64(span['parent_span_id']) : fromHex(span['parent_id']);
  const status = isNew ? fieldsOf(span['status']) : { code: span['status_code'], message: span['status_message'] };
  const attributes = Object.entries({ ...fieldsOf(span['attributes']), [TRACE_ID]: JSON.stringify(traceId) });
  const events: unknown = span['events'];
  return {
    traceId: hex,
    spanId: id,
    parentSpanId: parent,
    name: textOf(span['name']),
    startTimeUnixNano: nanos(span['start_time_unix_nano'] ?? span['start_time']),
    endTimeUnixNano: nanos(span['end_time_unix_nano'] ?? span['end_time']),
    status: { code: statusCode(textOf(status['code'])), message: textOf(status['message']) },
    attributes: attributes.map(([key, text]) => ({ key, value: otlpValue(unpacked(text)) })),
    events: Array.isArray(events) ? events.map(otlpEvent) : [],
  };
}

function otlpEvent(value: unknown): object {
  const event = fieldsOf(value);
  const attributes = Object.entries(fieldsOf(event['attributes']));
  return {
    name: textOf(event['name']),
    timeUnixNano: nanos(event['time_unix_nano'] ?? event['timestamp']),
    attributes: attributes.map(([key, item]) => ({ key, value: otlpValue(item) })),
  };
}

function nanos(value: unknown): string {
  return typeof value === 'bigint' ? value.toString() : '0';
}

function statusCode(text: string): number {
  return ['UNSET', 'OK', 'ERROR'].indexOf(text.replace('STATUS_CODE_', ''));
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseExactJson(value);
  } catch {
    return value;
  }
}

function otlpValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint') return { intValue: value.toString() };
  if (typeof value === 'number') return { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
  if (value === null || value === undefined) return {};
  const entries = Object.entries(value);
  return { kvlistValue: { values: entries.map(([key, item]) => ({ key, value: otlpValue(item) })) } };
}

function fromBase64(value: unknown): string {
  const bytes = typeof value === 'string' ? atob(value) : '';
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function fromHex(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^0x/, '').padStart(16, '0') : '';
}
