import fc from 'fast-check';
import { allowedBy, asSchema, type Schema } from './schema-values.js';

/** One request to be sent, and what is known about it. */
export interface FuzzRequest {
  /** The operation that it is for: `POST /predict`. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | Buffer | undefined;
  /** Whether the description says that this is right, so that it must be answered with 200. */
  readonly isRight: boolean;
}

/** What the description says about one method of one path. */
export interface ApiOperation {
  /** `POST /predict`. */
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly description: Schema;
}

type Sent = Pick<FuzzRequest, 'method' | 'url' | 'headers' | 'payload' | 'isRight'>;

/** All operations of a description. */
export function operationsOf(document: Schema): readonly ApiOperation[] {
  return Object.entries(asSchema(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(asSchema(methods)).map(([method, description]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method: method.toUpperCase(),
      description: asSchema(description),
    })),
  );
}

/** Requests for every operation of a description, right ones and wrong ones of many kinds. */
export function requestsFor(document: Schema): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...operationsOf(document).map((operation) => {
      const right = rightRequests(operation, document);
      const weight = operation.description['requestBody'] === undefined ? 1 : 6;
      const sent = fc.oneof({ weight: 2, arbitrary: right }, { weight: 3, arbitrary: right.chain(spoilt) });
      return { weight, arbitrary: sent.map((request): FuzzRequest => ({ operation: operation.name, ...request })) };
    }),
  );
}

function rightRequests({ path, method, description }: ApiOperation, document: Schema): fc.Arbitrary<Sent> {
  const parameters = (Array.isArray(description['parameters']) ? description['parameters'] : []).map(asSchema);
  const named = (place: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter['in'] === place)
          .map((parameter) => [String(parameter['name']), allowedBy(asSchema(parameter['schema']), document)]),
      ),
      place === 'path' ? {} : { requiredKeys: [] },
    );
  return fc.tuple(named('path'), named('query'), bodies(description, document)).map(([inPath, inQuery, body]) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(inPath[name])));
    const query = new URLSearchParams(Object.entries(inQuery).map(([key, value]) => [key, String(value)])).toString();
    return { method, url: query === '' ? filled : `${filled}?${query}`, ...body };
  });
}

type Body = Pick<Sent, 'headers' | 'payload' | 'isRight'>;

function bodies(description: Schema, document: Schema): fc.Arbitrary<Body> {
  const content = Object.entries(asSchema(asSchema(description['requestBody'])['content']));
  if (content.length === 0) return fc.constant({ headers: {}, payload: undefined, isRight: true });
  return fc.oneof(...content.map(([type, form]) => bodiesOf(type, asSchema(form), document)));
}

/** JSON is made from its schema; where that says next to nothing, and for other types, there is the example. */
function bodiesOf(type: string, { schema, example }: Schema, document: Schema): fc.Arbitrary<Body> {
  const shape = asSchema(schema);
  const body = (value: unknown, isRight: boolean): Body => ({
    headers: { 'content-type': type },
    payload: asPayload(type, value),
    isRight,
  });
  const shown = fc.constant(body(example, true));
  if (type === 'application/json') {
    const isSaid = shape['properties'] !== undefined || shape['anyOf'] !== undefined;
    const made = allowedBy(shape, document).map((value) => body(value, isSaid));
    return example === undefined ? made : fc.oneof({ weight: isSaid ? 4 : 1, arbitrary: made }, shown);
  }
  return example === undefined ? fc.uint8Array({ maxLength: 200 }).map((bytes) => body(bytes, false)) : shown;
}

function asPayload(type: string, value: unknown): string | Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'string' && type !== 'application/json') return value;
  return JSON.stringify(value);
}

/** What is odd about a request that must not do any harm. */
function spoilt(request: Sent): fc.Arbitrary<Sent> {
  const changes: fc.Arbitrary<Partial<Sent>>[] = [
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD').map((method) => ({ method })),
    oddQuery.map((query) => ({ url: `${request.url}${request.url.includes('?') ? '&' : '?'}${query}` })),
    oddHeaders.map((headers) => ({ headers: { ...request.headers, ...headers } })),
  ];
  if (request.payload !== undefined) {
    const text = request.payload.toString();
    changes.push(
      changedText(text).map((payload) => ({ payload })),
      changedText(text).map((payload) => ({ payload })),
      spoiltJson(text).map((payload) => ({ payload })),
      spoiltJson(text).map((payload) => ({ payload })),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ payload: Buffer.from(bytes) })),
      fc.constantFrom(...TYPES).map((type) => ({ headers: { ...request.headers, 'content-type': type } })),
    );
  }
  return fc.oneof(...changes).map((change) => ({ ...request, ...change, isRight: false }));
}

const oddQuery = fc.oneof(
  fc.constantFrom('explain=true', 'explain=maybe', 'explain=true&explain=false', 'explain[]=1', '%', '%zz', '%00', '='),
  fc.webQueryParameters(),
);

const oddHeaders = fc.oneof(
  fc.constantFrom<Record<string, string>>(
    { accept: 'text/html' },
    { accept: 'application/xml' },
    { 'accept-encoding': 'gzip' },
    { 'content-encoding': 'gzip' },
    { expect: 'nothing' },
    { range: 'bytes=0-1' },
    { 'if-none-match': '*' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-forwarded-for': "1.2.3.4', 5" },
    { 'x-forwarded-proto': 'https' },
    { host: 'a b' },
    { host: '' },
    { authorization: 'Bearer x' },
    { cookie: '__proto__=1' },
    { 'x-request-id': 'x'.repeat(2000) },
  ),
  fc.string().map((value) => ({ 'x-request-id': value.replaceAll(/[^ -~]/g, '') })),
);

const TYPES = [
  '',
  '/',
  'application/json; charset=utf-16',
  'application/json;;',
  'application/JSON',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'application/problem+json',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'text/csv',
  'text/plain',
  '__proto__',
  'a/b\tc',
];

/** A piece cut out, doubled, or replaced by something nasty. */
function changedText(text: string): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(text.length), fc.nat(Math.min(text.length, 30)), nasty).map(([at, length, piece]) => {
    return text.slice(0, at) + piece + text.slice(at + length);
  });
}

const nasty = fc.oneof(
  fc.constantFrom('', '"', "'", '\\', ',', '\n', '\r', '\r\n', '\0', '\uFEFF', '\uD800', '\u202E', '{', '[', ']', '}'),
  fc.constantFrom('NaN', 'Infinity', '1e308', '-1e999', '1e-400', '0x10', '1_000', 'null', '""', '-0', '1'.repeat(400)),
  fc.constantFrom('"__proto__":{},', '"constructor":1,', '[[[[[[[[', '{"a":', 'undefined', 'true'),
  fc.string({ unit: 'binary', maxLength: 10 }),
);

/** Somewhere inside a JSON value, another value, or one key more or less. */
function spoiltJson(text: string): fc.Arbitrary<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fc.json();
  }
  return fc
    .tuple(
      fc.infiniteStream(fc.nat(9)),
      fc.oneof(oddValue, fc.jsonValue()),
      fc.constantFrom('replace', 'remove', 'add'),
    )
    .map(([steps, other, how]) => JSON.stringify(changed(value, steps, other, how)));
}

const oddValue = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    '',
    ' ',
    '72',
    'NaN',
    '\0',
    '\uD800',
    '\uFEFF72',
    '７２',
    '１',
    '1e3',
    ' 72',
    '72 ',
    '0x48',
    '__proto__',
  ],
  ...[-1, 101, 1e308, -1e308, 5e-324, 2 ** 53, 1.5, -0, [], {}, [72], { $gt: 0 }, 'x'.repeat(5000)],
);

function changed(value: unknown, steps: Iterator<number>, other: unknown, how: string): unknown {
  const step = Number(steps.next().value);
  const isInner = typeof value === 'object' && value !== null;
  if (!isInner || step === 9) return other;
  const entries = Object.entries(value);
  if (how === 'add' && step > 5) entries.push([`extra${step}`, other]);
  const at = entries.length === 0 ? -1 : step % entries.length;
  const next = entries.flatMap(([key, inner], i): [string, unknown][] => {
    if (i !== at) return [[key, inner]];
    return how === 'remove' && step > 2 ? [] : [[key, changed(inner, steps, other, how)]];
  });
  return Array.isArray(value) ? next.map(([, inner]) => inner) : Object.fromEntries(next);
}
