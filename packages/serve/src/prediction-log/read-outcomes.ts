import { recordParser, type Problem, type Schema, type Target } from '@scorecast/core';
import { fieldErrors } from '../answer/field-errors.js';
import { inputProblems } from '../answer/input-problems.js';
import type { RequestRecords } from '../input/request-records.js';
import { predictionLogError } from './log-error.js';
import { predictionTime } from './prediction-id.js';
import type { OutcomeRow } from './prediction-sink.js';

/** How many errors an answer lists; the rest is counted. */
const LISTED_ERRORS = 1000;

const ID_EXPECTED = 'the id of a prediction, as answers have it';
const TIME_EXPECTED = 'a date or time such as 2026-06-30 or 2026-06-30T12:00:00Z';
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/**
 * What outcomes are, as a schema, so that they are read like any other records. The outcome may stand under the name
 * of what is predicted, and a prediction that comes along, as in an answer that somebody added a column to, is not used.
 */
export function outcomeSchema({ name, aliases, ...target }: Target): Schema {
  const own = ['id', 'outcome', 'at', 'prediction'];
  const field = (key: string) => ({ name: key, label: key, aliases: [] });
  const outcome = { ...target, kind: 'numeric' as const, optional: false, sensitive: false, actionable: false };
  return {
    name: 'outcomes',
    task: 'regression',
    features: [{ ...outcome, name: 'outcome', aliases: [name, ...aliases].filter((key) => !own.includes(key)) }],
    identifiers: [
      { ...field('id'), kind: 'identifier' },
      { ...field('at'), kind: 'identifier' },
    ],
    target: { ...field('prediction'), kind: 'target', integer: false },
  };
}

/**
 * Reads outcomes from records of `id`, `outcome` and perhaps `at`.
 *
 * @param recordedAt Milliseconds since 1970.
 * @throws SERVE_OUTCOMES_INVALID with all problems of all records.
 */
export function readOutcomes(input: RequestRecords, target: Target, recordedAt: number): readonly OutcomeRow[] {
  const schema = outcomeSchema(target);
  const { values, problems } = readValues(input, schema);
  const rows = input.records.map((record, i): OutcomeRow => {
    const isRecord = typeof record === 'object' && record !== null;
    const sent = new Map<string, unknown>(isRecord ? Object.entries(record) : []);
    // What is no record at all has been noted as that.
    const note: Note = (problem) => isRecord && problems.push({ ...problem, row: i + 1 });
    return {
      id: readId(sent.get('id'), note),
      outcome: values[i],
      outcomeAt: readTime(sent.get('at'), note),
      recordedAt,
    };
  });
  if (problems.length === 0) return rows;
  const errors = fieldErrors(problems.slice(0, LISTED_ERRORS), input, schema);
  throw predictionLogError('SERVE_OUTCOMES_INVALID', { errors, errorCount: problems.length });
}

function readValues(
  { records, source }: RequestRecords,
  schema: Schema,
): { values: Float64Array; problems: Problem[] } {
  const none = new Float64Array(records.length);
  try {
    const [column] = recordParser(schema)(records, source).columns;
    return { values: column.kind === 'numeric' ? column.values : none, problems: [] };
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    return { values: none, problems: [...problems] };
  }
}

type Note = (problem: Problem) => void;

function readId(value: unknown, note: Note): string {
  if (typeof value === 'string' && predictionTime(value) !== undefined) return value;
  if (value === undefined || value === null) note({ code: 'missing', column: 'id', expected: ID_EXPECTED });
  else note({ code: 'wrong-type', column: 'id', value: shown(value), expected: ID_EXPECTED });
  return '';
}

function readTime(value: unknown, note: Note): number | null {
  if (value === undefined || value === null) return null;
  const at = typeof value === 'string' && TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  note({ code: 'wrong-type', column: 'at', value: shown(value), expected: TIME_EXPECTED });
  return null;
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 80) : `a ${typeof value}`;
}
