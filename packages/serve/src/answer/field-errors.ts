import { formatProblem, schemaFields, type Problem, type Schema } from '@scorecast/core';
import { escapePointer, type RequestRecords } from '../input/request-records.js';

/** One entry of `errors` in a refusal: which value of the request is wrong, and what would be right. */
export interface FieldError {
  /** The field's name in the schema, or the unknown key that was sent; absent when a whole record is no object. */
  readonly field?: string;
  /** Where in the body (RFC 6901): `/2/reading_score`. For a missing field, where it belongs. */
  readonly pointer: string;
  readonly code: Problem['code'];
  readonly value?: string;
  readonly expected: string;
  readonly detail: string;
}

/** Finds the place of each problem in the body that was sent. */
export function fieldErrors(
  problems: readonly Problem[],
  input: RequestRecords,
  schema: Schema,
): readonly FieldError[] {
  return problems.map((problem) => {
    const whole = problem.code === 'unreadable-row' || problem.code === 'ragged-row';
    const row = input.isSingle ? 1 : (problem.row ?? rowOf(input.records, problem, schema));
    return {
      ...(whole ? {} : { field: problem.column }),
      pointer: pointerTo(problem, whole, row, input, schema),
      code: problem.code,
      ...(problem.value === undefined ? {} : { value: problem.value }),
      expected: problem.expected,
      detail: describe(problem, input.isSingle ? undefined : row),
    };
  });
}

/** A column that no record has, such as an unknown one in a header, is pointed to by its name alone. */
function pointerTo(
  problem: Problem,
  whole: boolean,
  row: number | undefined,
  input: RequestRecords,
  schema: Schema,
): string {
  if (row === undefined) return whole ? '' : `/${escapePointer(problem.column)}`;
  return input.pointer(row - 1, whole ? undefined : sentKey(input.records[row - 1], problem, schema));
}

function describe(problem: Problem, row: number | undefined): string {
  const { row: _row, ...single } = problem;
  return formatProblem(row === undefined ? single : { ...problem, row });
}

/** The key under which the field was sent: its name, or one of its aliases. */
function sentKey(record: unknown, problem: Problem, schema: Schema): string {
  if (problem.code === 'duplicate-column') return problem.value ?? problem.column;
  const names = namesOf(problem.column, schema);
  const sent =
    typeof record === 'object' && record !== null ? names.find((name) => Object.hasOwn(record, name)) : undefined;
  return sent ?? problem.column;
}

/** A level that the model refuses comes without its row: the first record that has it. */
function rowOf(records: readonly unknown[], problem: Problem, schema: Schema): number | undefined {
  const names = namesOf(problem.column, schema);
  const at = records.findIndex(
    (record) =>
      typeof record === 'object' &&
      record !== null &&
      Object.entries(record).some(([key, value]) => names.includes(key) && String(value) === problem.value),
  );
  return at < 0 ? undefined : at + 1;
}

function namesOf(column: string, schema: Schema): readonly string[] {
  const field = schemaFields(schema).find((candidate) => candidate.name === column);
  return field === undefined ? [column] : [field.name, ...field.aliases];
}
