import { schemaFields, type Problem, type Schema } from '@scorecast/core';
import { invalidInput } from '../answer/invalid-input.js';
import { serveError } from '../serve-error.js';
import { recordList, type RequestRecords } from './request-records.js';
import { splitCsv, type CsvCell } from './split-csv.js';

/**
 * Reads a CSV body: a header of field names or aliases, then one record per line. A cell with nothing in it is missing.
 *
 * @throws SERVE_CSV_UNREADABLE; SERVE_INPUT_INVALID for a wrong header, or lines that are longer or shorter than it.
 */
export function csvRecords(body: string, schema: Schema): RequestRecords {
  const [header, ...rows] = splitCsv(body);
  if (header === undefined) throw serveError('SERVE_CSV_UNREADABLE', { row: 1, reason: 'there is no header' });
  const names = header.map((cell) => (cell ?? '').trim());
  const problems = [
    ...headerProblems(names, schema),
    ...rows.flatMap((row, i) => raggedProblem(row, i + 1, names.length, schema)),
  ];
  // Before any record is made: a long header over many short lines would make far more values than the body has.
  if (problems.length > 0) throw invalidInput(problems, recordList([]), schema);
  return recordList(
    rows.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]]))),
    '',
    'text',
  );
}

function headerProblems(names: readonly string[], schema: Schema): readonly Problem[] {
  const known = new Set(schemaFields(schema).flatMap(({ name, aliases }) => [name, ...aliases]));
  const unknown = names.filter((name) => !known.has(name));
  const seen = new Set<string>();
  const repeated = names.filter((name) => seen.size === seen.add(name).size);
  const expected = `the columns ${schema.features.map(({ name }) => name).join(', ')}`;
  return [
    ...unknown.map((name): Problem => ({ code: 'unknown-column', column: name.slice(0, 80), expected })),
    ...repeated.map((name): Problem => ({ code: 'duplicate-column', column: name.slice(0, 80), value: '', expected })),
  ];
}

function raggedProblem(row: readonly CsvCell[], number: number, width: number, schema: Schema): readonly Problem[] {
  if (row.length === width) return [];
  const [{ name: column }] = schema.features;
  const value = `the line has ${row.length} ${row.length === 1 ? 'cell' : 'cells'}`;
  return [{ code: 'ragged-row', column, row: number, value, expected: `${width}, as the header has` }];
}
