import { trackError } from '../../track-error.js';
import { type OtlpMap, type OtlpSpan, type OtlpValue } from './otlp-span.js';
import { protobufFields } from './protobuf-reader.js';

const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const;
/** Values may hold lists and maps of values; nobody needs more levels than this. */
const DEEPEST = 64;

/**
 * The spans of an ExportTraceServiceRequest in protobuf.
 *
 * @throws INVALID_PARAMETER_VALUE
 */
export function readOtlpProtobuf(bytes: Buffer): readonly OtlpSpan[] {
  const spans: OtlpSpan[] = [];
  for (const resource of messages(bytes, 1)) {
    for (const scope of messages(resource, 2)) {
      for (const span of messages(scope, 2)) spans.push(readSpan(span));
    }
  }
  return spans;
}

function readSpan(bytes: Buffer): OtlpSpan {
  const status = lastOf(bytes, 15);
  const end = whole(bytes, 8);
  const parent = hex(bytes, 4);
  return {
    traceId: hex(bytes, 1),
    spanId: hex(bytes, 2),
    parentSpanId: parent === '' ? null : parent,
    name: text(bytes, 5),
    startTimeUnixNano: whole(bytes, 7),
    endTimeUnixNano: end === 0n ? null : end,
    attributes: readMap(messages(bytes, 9), 0),
    events: messages(bytes, 11).map((event) => ({
      name: text(event, 2),
      timeUnixNano: whole(event, 1),
      attributes: readMap(messages(event, 3), 0),
    })),
    status: { code: STATUS_CODES[Number(whole(status, 3))] ?? 'UNSET', message: text(status, 2) },
  };
}

function readMap(entries: readonly Buffer[], depth: number): OtlpMap {
  return Object.fromEntries(entries.map((entry) => [text(entry, 1), readValue(lastOf(entry, 2), depth)]));
}

function readValue(bytes: Buffer, depth: number): OtlpValue {
  if (depth > DEEPEST) {
    throw trackError('INVALID_PARAMETER_VALUE', { message: `An attribute is nested deeper than ${DEEPEST} levels` });
  }
  let found: OtlpValue = null;
  for (const { number, value } of protobufFields(bytes)) {
    if (typeof value === 'bigint') {
      if (number === 2) found = value !== 0n;
      if (number === 3) found = BigInt.asIntN(64, value);
      if (number === 4) found = doubleOf(value);
    } else {
      if (number === 1) found = value.toString('utf8');
      if (number === 5) found = messages(value, 1).map((item) => readValue(item, depth + 1));
      if (number === 6) found = readMap(messages(value, 1), depth + 1);
      if (number === 7) found = value.toString('base64');
    }
  }
  return found;
}

/** All values of a field that holds messages. */
function messages(bytes: Buffer, wanted: number): readonly Buffer[] {
  const found: Buffer[] = [];
  for (const { number, value } of protobufFields(bytes)) {
    if (number === wanted && Buffer.isBuffer(value)) found.push(value);
  }
  return found;
}

function lastOf(bytes: Buffer, wanted: number): Buffer {
  return messages(bytes, wanted).at(-1) ?? Buffer.alloc(0);
}

function text(bytes: Buffer, wanted: number): string {
  return lastOf(bytes, wanted).toString('utf8');
}

function hex(bytes: Buffer, wanted: number): string {
  return lastOf(bytes, wanted).toString('hex');
}

function whole(bytes: Buffer, wanted: number): bigint {
  let found = 0n;
  for (const { number, value } of protobufFields(bytes)) {
    if (number === wanted && typeof value === 'bigint') found = value;
  }
  return found;
}

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}
