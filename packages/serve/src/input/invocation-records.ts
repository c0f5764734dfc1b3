import type { Schema } from '@scorecast/core';
import { parseJsonBody } from '../json/parse-json-body.js';
import { serveError } from '../serve-error.js';
import { instanceRecords } from './instance-records.js';
import { onlyKey } from './only-key.js';
import { escapePointer, recordList, type RequestRecords } from './request-records.js';

const FORMS = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/**
 * Reads what MLflow's clients send to `/invocations` as JSON: `dataframe_split` (`columns` and `data`),
 * `dataframe_records` (objects), `instances` or `inputs` (objects, lists in the schema's order, or, for `inputs` and
 * `instances`, one object of equally long columns).
 *
 * Source: MLflow's documentation of the scoring server, "Accepted input formats".
 *
 * @throws SERVE_JSON_UNREADABLE, SERVE_BODY_SHAPE, SERVE_INPUT_INVALID
 */
export function invocationRecords(body: string, schema: Schema): RequestRecords {
  const { key, value } = onlyKey(withoutEmptyParams(parseJsonBody(body)), FORMS);
  const below = `/${key}`;
  if (key === 'dataframe_split') return splitRecords(value, schema);
  if (Array.isArray(value)) return instanceRecords(value, below, schema);
  if (key !== 'dataframe_records' && isObject(value)) return columnRecords(value, below);
  throw serveError('SERVE_BODY_SHAPE', { reason: `${JSON.stringify(key)} is no list`, expected: 'a list of records' });
}

/** Clients may add `params` for models that take some; this one takes none. */
function withoutEmptyParams(body: unknown): unknown {
  if (!isObject(body) || !Object.hasOwn(body, 'params')) return body;
  const { params, ...rest } = body;
  if (params === null || (isObject(params) && Object.keys(params).length === 0)) return rest;
  throw serveError('SERVE_BODY_SHAPE', { reason: 'it has "params"', expected: 'none: this model takes no params' });
}

/** A data frame as pandas writes it with `orient="split"`; its `index` carries nothing to predict from. */
function splitRecords(value: unknown, schema: Schema): RequestRecords {
  const expected = 'an object of "columns", a list of names, and "data", a list of rows';
  if (!isObject(value)) throw serveError('SERVE_BODY_SHAPE', { reason: '"dataframe_split" is no object', expected });
  const { columns = schema.features.map(({ name }) => name), data } = value;
  if (!isNames(columns) || !Array.isArray(data) || !data.every((row) => Array.isArray(row))) {
    throw serveError('SERVE_BODY_SHAPE', { reason: '"dataframe_split" cannot be read', expected });
  }
  const seen = new Set<string>();
  const repeated = columns.find((name) => seen.size === seen.add(name).size);
  if (repeated !== undefined) {
    const reason = `the column ${JSON.stringify(repeated.slice(0, 80))} is there twice`;
    throw serveError('SERVE_BODY_SHAPE', { reason, expected: 'different columns' });
  }
  return instanceRecords(data, '/dataframe_split/data', schema, columns);
}

/** One list of values per column, all of one length. */
function columnRecords(value: Readonly<Record<string, unknown>>, below: string): RequestRecords {
  const columns = Object.entries(value);
  const lists = columns.flatMap(([, values]) => (Array.isArray(values) ? [values] : []));
  const [first] = lists;
  if (first === undefined || lists.length < columns.length || lists.some(({ length }) => length !== first.length)) {
    const reason = `${JSON.stringify(below.slice(1))} is no list, and its columns are not lists of one length`;
    throw serveError('SERVE_BODY_SHAPE', { reason, expected: 'a list of records, or equally long lists by column' });
  }
  const rows = first.map((_, i) =>
    Object.fromEntries(columns.map(([name], j): [string, unknown] => [name, lists[j][i]])),
  );
  const list = recordList(rows, below);
  const pointer = (record: number, key?: string) =>
    key === undefined ? below : `${below}/${escapePointer(key)}/${record}`;
  return { ...list, pointer };
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
