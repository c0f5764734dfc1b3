import { trackError } from '../../track-error.js';

/** Where the fields of a request come from: its query, its JSON body, or an object inside that. */
export interface FieldSource {
  /** Where the object stands in the request, such as `metrics[3].`; empty for the request itself. */
  readonly path: string;
  /** The value as it was sent, or undefined; null counts as not sent. */
  value(name: string): unknown;
  /** The same for a field that may be named more than once. */
  values(name: string): unknown;
}

type Reader<T> = (source: FieldSource, name: string) => T | undefined;

const SEE_DOCS = 'See the API docs for more information about request parameters.';

/** A text. */
export function text(source: FieldSource, name: string): string | undefined {
  const value = source.value(name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(source, name, value);
}

/** An id, which old clients send as a number. */
export function id(source: FieldSource, name: string): string | undefined {
  const value = source.value(name);
  return Number.isSafeInteger(value) ? String(value) : text(source, name);
}

/** A whole number, as a number or as its digits. */
export function whole(source: FieldSource, name: string): number | undefined {
  const value = source.value(name);
  if (value === undefined) return undefined;
  const found = typeof value === 'string' && /^\s*[+-]?\d+\s*$/u.test(value) ? Number(value) : value;
  if (typeof found === 'number' && Number.isSafeInteger(found)) return found;
  throw wrongType(source, name, value);
}

const SPECIAL_NUMBERS = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** A number, also as text: JSON has no NaN and no infinities. */
export function number(source: FieldSource, name: string): number | undefined {
  const value = source.value(name);
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'string') {
    const special = SPECIAL_NUMBERS.get(value.toLowerCase());
    if (special !== undefined) return special;
    const parsed = Number(value);
    if (value.trim() !== '' && !Number.isNaN(parsed)) return parsed;
  }
  throw wrongType(source, name, value);
}

/** True or false. */
export function flag(source: FieldSource, name: string): boolean | undefined {
  const value = source.value(name);
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrongType(source, name, value);
}

/** One of some words, by name or by its number in MLflow's protocol; unset words are left out. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, number>>): Reader<Word> {
  const names = Object.keys(words).filter((name): name is Word => name in words);
  return (source, name) => {
    const value = source.value(name);
    if (value === undefined) return undefined;
    const found = names.find((word) => word === value || words[word] === value || String(words[word]) === value);
    if (found !== undefined) return found;
    throw wrongValue(source, name, value, ` Expected one of ${names.join(', ')}.`);
  };
}

/** A list of texts. */
export function texts(source: FieldSource, name: string): readonly string[] | undefined {
  const list = listed(source, name);
  if (list?.every((item) => typeof item === 'string') === false) throw wrongType(source, name, list);
  return list?.map(String);
}

/** A list of ids. */
export function ids(source: FieldSource, name: string): readonly string[] | undefined {
  return listed(source, name)?.map((item) => {
    if (typeof item === 'string' || Number.isSafeInteger(item)) return String(item);
    throw wrongType(source, name, item);
  });
}

/** A list of objects. */
export function listOf<T>(read: (source: FieldSource) => T): Reader<readonly T[]> {
  return (source, name) =>
    listed(source, name)?.map((item, index) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) throw wrongType(source, name, item);
      return read(objectSource(item, `${source.path}${name}[${index}].`));
    });
}

/** An object. */
export function objectOf<T>(read: (source: FieldSource) => T): Reader<T> {
  return (source, name) => {
    const value = source.value(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(source, name, value);
    return read(objectSource(value, `${source.path}${name}.`));
  };
}

/** A field that has to be there; an empty text or list is as good as none. */
export function required<T>(read: Reader<T>, source: FieldSource, name: string): T {
  const value = read(source, name);
  if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)) return value;
  throw trackError('INVALID_PARAMETER_VALUE', {
    message: `Missing value for required parameter '${source.path}${name}'. ${SEE_DOCS}`,
  });
}

/** The fields of an object. */
export function objectSource(values: object, path: string): FieldSource {
  const value = (name: string): unknown =>
    Object.hasOwn(values, name) ? (Reflect.get(values, name) ?? undefined) : undefined;
  return { path, value, values: value };
}

/** The fields of a query, where a list is a name that stands several times. */
export function querySource(query: URLSearchParams): FieldSource {
  return {
    path: '',
    value: (name) => query.get(name) ?? undefined,
    values: (name) => (query.has(name) ? query.getAll(name) : undefined),
  };
}

function listed(source: FieldSource, name: string): readonly unknown[] | undefined {
  const value = source.values(name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw wrongType(source, name, value);
  const list: readonly unknown[] = value;
  return list;
}

/** A value that cannot be used, in MLflow's words. */
export function wrongValue(source: FieldSource, name: string, value: unknown, reason: string): Error {
  const shown = JSON.stringify(value);
  const short = shown.length > 200 ? `${shown.slice(0, 200)}...` : shown;
  return trackError('INVALID_PARAMETER_VALUE', {
    message: `Invalid value ${short} for parameter '${source.path}${name}' supplied: ${reason} ${SEE_DOCS}`,
  });
}

function wrongType(source: FieldSource, name: string, value: unknown): Error {
  return wrongValue(source, name, value, ` Hint: Value was of type '${pythonType(value)}'.`);
}

/** Types by the names that MLflow's messages have for them. */
function pythonType(value: unknown): string {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}
