import { categoricalColumn, numericColumn, type Column } from '../table/column.js';
import type { Table } from '../table/table.js';
import { closestName, fieldIndex } from './find-field.js';
import { cellParser, expectation, type CellSource } from './cell-parser.js';
import type { Problem } from './problem.js';
import { schemaError } from './schema-error.js';
import type { Feature, Schema } from './schema.js';

/** Comparing names takes time, and a request may hold a million wrong ones: only the first problems get a suggestion. */
const SUGGESTIONS = 100;

/** Turns records into a table of the schema's features; see {@link recordParser}. */
export type RecordParser = (records: readonly unknown[], source: CellSource) => Table;

/**
 * Prepares a parser of records (objects by field name or alias) for a schema.
 *
 * A record must give every feature that is not optional; it may give identifiers and the target, which are ignored.
 * Any other key, a feature given under two of its names, and every bad value is a problem. Rows count from 1.
 *
 * @throws RECORD_INVALID with all problems of all records.
 * @example
 * recordParser(tinySchema)([{ hours: 5 }], 'typed').rowCount; // => 1
 */
export function recordParser(schema: Schema): RecordParser {
  const index = fieldIndex(schema.features);
  const ignored = new Set([...schema.identifiers, schema.target].flatMap((field) => [field.name, ...field.aliases]));
  const parsersOf = (source: CellSource) => schema.features.map((feature) => cellParser(feature, source));
  const parsers = { text: parsersOf('text'), 'decimal-comma': parsersOf('decimal-comma'), typed: parsersOf('typed') };
  return (records, source) => {
    const problems: Problem[] = [];
    const cells = schema.features.map(() => new Float64Array(records.length));
    records.forEach((record, i) => {
      const raw = readKeys(record, i + 1, schema, index, ignored, problems);
      if (raw === undefined) return;
      parsers[source].forEach((parse, f) => {
        const cell = parse(raw[f]);
        if (typeof cell === 'number') cells[f][i] = cell;
        else problems.push({ ...cell, row: i + 1 });
      });
    });
    if (problems.length > 0) throw schemaError('RECORD_INVALID', { problems });
    return { rowCount: records.length, columns: schema.features.map((feature, f) => featureColumn(feature, cells[f])) };
  };
}

/** A table column from cells as a cell parser returns them. */
export function featureColumn(feature: Feature, cells: Float64Array): Column {
  return feature.kind === 'numeric'
    ? numericColumn(feature.name, cells)
    : categoricalColumn(feature.name, cells, feature.levels);
}

function readKeys(
  record: unknown,
  row: number,
  schema: Schema,
  index: ReadonlyMap<string, number>,
  ignored: ReadonlySet<string>,
  problems: Problem[],
): readonly unknown[] | undefined {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    problems.push({
      code: 'unreadable-row',
      column: schema.features[0].name,
      row,
      value: 'not an object',
      expected: 'an object by field name',
    });
    return undefined;
  }
  const raw: unknown[] = new Array<unknown>(schema.features.length).fill(undefined);
  for (const [key, value] of Object.entries(record)) {
    const at = index.get(key);
    if (at === undefined) {
      if (!ignored.has(key)) problems.push(unknownKey(key, row, schema, problems.length < SUGGESTIONS));
    } else if (raw[at] === undefined) {
      raw[at] = value;
    } else {
      const feature = schema.features[at];
      problems.push({
        code: 'duplicate-column',
        column: feature.name,
        row,
        value: key,
        expected: `one value, ${expectation(feature)}`,
      });
    }
  }
  return raw;
}

function unknownKey(key: string, row: number, schema: Schema, suggest: boolean): Problem {
  const names = schema.features.map((feature) => feature.name);
  const meant = suggest ? closestName(key, names) : undefined;
  const expected = meant === undefined ? `the fields ${names.join(', ')}` : `perhaps ${JSON.stringify(meant)}`;
  return { code: 'unknown-column', column: key.slice(0, 80), row, expected };
}
