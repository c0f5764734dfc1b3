import { type Span } from '../../store/trace.js';
import { parseExactJson } from '../otlp/exact-json.js';

/** A span in OpenTelemetry's words, from the JSON in which the store keeps it; whole numbers are bigints. */
export function wireSpan({ content }: Span): object {
  const span = parseExactJson(content);
  const status = field(span, 'status');
  const events = field(span, 'events');
  return {
    trace_id: field(span, 'trace_id'),
    span_id: field(span, 'span_id'),
    parent_span_id: field(span, 'parent_span_id') ?? undefined,
    name: field(span, 'name'),
    start_time_unix_nano: field(span, 'start_time_unix_nano'),
    end_time_unix_nano: field(span, 'end_time_unix_nano') ?? undefined,
    attributes: keyValues(field(span, 'attributes'), parsedText),
    events: Array.isArray(events) ? events.map(wireEvent) : [],
    status: { message: field(status, 'message') ?? undefined, code: field(status, 'code') ?? undefined },
  };
}

function wireEvent(event: unknown): object {
  return {
    time_unix_nano: field(event, 'time_unix_nano'),
    name: field(event, 'name'),
    attributes: keyValues(field(event, 'attributes'), (value) => value),
  };
}

function keyValues(values: unknown, read: (value: unknown) => unknown): readonly object[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(read(value)) }));
}

/** Attributes of spans are kept as JSON inside the JSON. */
function parsedText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseExactJson(value);
  } catch {
    return value;
  }
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { string_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  if (typeof value === 'bigint') return { int_value: value };
  if (typeof value === 'number') return { double_value: value };
  if (Array.isArray(value)) return { array_value: { values: value.map(anyValue) } };
  return value === null || value === undefined ? {} : { kvlist_value: { values: keyValues(value, (item) => item) } };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
