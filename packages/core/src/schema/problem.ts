/** One thing that is wrong with the data, and where. Validation collects all of them. */
export interface Problem {
  readonly code: ProblemCode;
  /** The field's name in the schema, or the name that was found where no field has it. */
  readonly column: string;
  /** The row, counted from 1, where there is one: a file's first row below its header is row 1. */
  readonly row?: number;
  /** What was found, shortened to 80 characters; absent when nothing was. */
  readonly value?: string;
  /** What would have been right, as people read it: `a number from 0 to 100`. */
  readonly expected: string;
}

/** The kinds of {@link Problem}. */
export type ProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'out-of-range'
  | 'unknown-level'
  | 'missing-column'
  | 'unknown-column'
  | 'duplicate-column'
  | 'ragged-row'
  | 'unreadable-row';

const FOUND: Readonly<Record<ProblemCode, (value: string) => string>> = {
  missing: () => 'no value',
  'wrong-type': (value) => `${value} cannot be read`,
  'out-of-range': (value) => `${value} is out of range`,
  'unknown-level': (value) => `${value} is not a known level`,
  'missing-column': () => 'the column is missing',
  'unknown-column': () => 'there is no such field',
  'duplicate-column': (value) => (value === '""' ? 'the column is there twice' : `given again as ${value}`),
  'ragged-row': (value) => value,
  'unreadable-row': (value) => value,
};

/**
 * A problem as one sentence: what, where, expected.
 *
 * @example
 * formatProblem({ code: 'unknown-level', column: 'lunch', row: 14, value: 'reduced', expected: '"standard" or "free/reduced"' });
 * // => 'column "lunch", row 14: "reduced" is not a known level (expected "standard" or "free/reduced")'
 */
export function formatProblem(problem: Problem): string {
  const where = problem.row === undefined ? '' : `, row ${problem.row}`;
  const plain = problem.code === 'ragged-row' || problem.code === 'unreadable-row';
  const value = plain ? (problem.value ?? 'unreadable') : JSON.stringify(problem.value ?? '');
  return `column ${JSON.stringify(problem.column)}${where}: ${FOUND[problem.code](value)} (expected ${problem.expected})`;
}
