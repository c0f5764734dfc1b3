import { flag, listOf, number, objectOf, objectSource, text, type FieldSource } from '../request/fields.js';
import { type OtlpMap, type OtlpSpan, type OtlpValue } from './otlp-span.js';

/**
 * The spans of an ExportTraceServiceRequest in JSON: ids are hexadecimal, and numbers of 64 bits are texts.
 *
 * @throws INVALID_PARAMETER_VALUE
 */
export function readOtlpJson(body: object): readonly OtlpSpan[] {
  const spansOf = (source: FieldSource) => listOf(readSpan)(source, 'spans') ?? [];
  const scopesOf = (source: FieldSource) => listOf(spansOf)(source, 'scopeSpans')?.flat() ?? [];
  return listOf(scopesOf)(objectSource(body, ''), 'resourceSpans')?.flat() ?? [];
}

function readSpan(source: FieldSource): OtlpSpan {
  const end = nanos(source, 'endTimeUnixNano');
  const parent = text(source, 'parentSpanId') ?? '';
  return {
    traceId: (text(source, 'traceId') ?? '').toLowerCase(),
    spanId: (text(source, 'spanId') ?? '').toLowerCase(),
    parentSpanId: parent === '' ? null : parent.toLowerCase(),
    name: text(source, 'name') ?? '',
    startTimeUnixNano: nanos(source, 'startTimeUnixNano'),
    endTimeUnixNano: end === 0n ? null : end,
    attributes: readMap(source, 'attributes'),
    events: listOf(readEvent)(source, 'events') ?? [],
    status: objectOf(readStatus)(source, 'status') ?? { code: 'UNSET', message: '' },
  };
}

function readEvent(source: FieldSource): OtlpSpan['events'][number] {
  return {
    name: text(source, 'name') ?? '',
    timeUnixNano: nanos(source, 'timeUnixNano'),
    attributes: readMap(source, 'attributes'),
  };
}

function readStatus(source: FieldSource): OtlpSpan['status'] {
  const code = source.value('code');
  const message = text(source, 'message') ?? '';
  if (code === 1 || code === 'STATUS_CODE_OK') return { code: 'OK', message };
  return { code: code === 2 || code === 'STATUS_CODE_ERROR' ? 'ERROR' : 'UNSET', message };
}

function readMap(source: FieldSource, name: string): OtlpMap {
  const entry = (item: FieldSource): readonly [string, OtlpValue] => [
    text(item, 'key') ?? '',
    objectOf(readValue)(item, 'value') ?? null,
  ];
  return Object.fromEntries(listOf(entry)(source, name) ?? []);
}

function readValue(source: FieldSource): OtlpValue {
  if (source.value('intValue') !== undefined) return nanos(source, 'intValue');
  return (
    text(source, 'stringValue') ??
    flag(source, 'boolValue') ??
    number(source, 'doubleValue') ??
    objectOf((list) => listOf(readValue)(list, 'values') ?? [])(source, 'arrayValue') ??
    objectOf((map) => readMap(map, 'values'))(source, 'kvlistValue') ??
    text(source, 'bytesValue') ??
    null
  );
}

/** A whole number of 64 bits, as a number or as its digits. */
function nanos(source: FieldSource, name: string): bigint {
  const value = source.value(name);
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  const digits = text(source, name);
  return digits !== undefined && /^-?\d{1,20}$/u.test(digits) ? BigInt(digits) : 0n;
}
