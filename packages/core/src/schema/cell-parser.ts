import type { Problem, ProblemCode } from './problem.js';
import type { Feature, Target } from './schema.js';

/**
 * Where a cell comes from: `text` (CSV, forms) must be parsed, `decimal-comma` is text that writes 1.5 as `1,5`, and
 * `typed` (JSON, Parquet) has types of its own.
 */
export type CellSource = 'text' | 'decimal-comma' | 'typed';

/**
 * Reads one cell. The result is a number for a numeric field, a level's index for a nominal or ordinal one, and NaN
 * or -1 for a missing value that the field allows; or the problem, without its row.
 */
export type CellParser = (raw: unknown) => number | Problem;

type NumberField = Extract<Feature | Target, { integer: boolean }>;
type LevelField = Extract<Feature, { levels: readonly string[] }>;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** How many characters of a wrong value a problem repeats. */
const SHOWN_LENGTH = 80;

/**
 * Prepares the reading of a field's cells: the one place that says what a valid cell is.
 *
 * `null` and `undefined` are missing. An empty text is not: it is a value like any other, and wrong unless it is a level.
 *
 * @example
 * const parse = cellParser({ kind: 'target', name: 'score', aliases: [], label: 'score', min: 0, max: 20, integer: false }, 'text');
 * [parse(' 12.5'), parse('1e1')]; // => [12.5, 10]
 */
export function cellParser(field: Feature | Target, source: CellSource): CellParser {
  const missing = missingCell(field);
  const parse = field.kind === 'numeric' || field.kind === 'target' ? numberParser(field, source) : levelParser(field);
  return (raw) => (raw === null || raw === undefined ? missing : parse(raw));
}

/** What a valid value of the field looks like, as people read it: `a number from 0 to 100`. */
export function expectation(field: Feature | Target): string {
  if (field.kind === 'nominal' || field.kind === 'ordinal') return listLevels(field.levels);
  const what = field.integer ? 'a whole number' : 'a number';
  if (field.min !== undefined && field.max !== undefined) return `${what} from ${field.min} to ${field.max}`;
  if (field.min !== undefined) return `${what} of at least ${field.min}`;
  if (field.max !== undefined) return `${what} of at most ${field.max}`;
  return what;
}

function listLevels(levels: readonly string[]): string {
  const quoted = levels.map((level) => JSON.stringify(level));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

function missingCell(field: Feature | Target): number | Problem {
  if (field.kind === 'target' || !field.optional) {
    return { code: 'missing', column: field.name, expected: expectation(field) };
  }
  return field.kind === 'numeric' ? Number.NaN : -1;
}

function numberParser(field: NumberField, source: CellSource): CellParser {
  const min = field.min ?? -Infinity;
  const max = field.max ?? Infinity;
  const wrong = problemOf(field);
  return (raw) => {
    const value = toNumber(raw, source);
    if (!Number.isFinite(value) || (field.integer && !Number.isInteger(value))) return wrong('wrong-type', raw);
    if (value < min || value > max) return wrong('out-of-range', raw);
    // Adding zero turns -0 into 0, so that equal inputs give equal bytes.
    return value + 0;
  };
}

function toNumber(raw: unknown, source: CellSource): number {
  if (typeof raw === 'number') return raw;
  if (source === 'typed' || typeof raw !== 'string') return Number.NaN;
  const trimmed = raw.trim();
  if (source === 'text') return NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  const pointed = trimmed.replace(',', '.');
  return !trimmed.includes('.') && NUMBER.test(pointed) ? Number(pointed) : Number.NaN;
}

function levelParser(field: LevelField): CellParser {
  const codes = new Map(field.levels.map((level, code) => [level, code]));
  const wrong = problemOf(field);
  return (raw) => {
    if (typeof raw === 'string') return codes.get(raw) ?? wrong('unknown-level', raw);
    if (typeof raw !== 'number' && typeof raw !== 'boolean') return wrong('wrong-type', raw);
    return codes.get(String(raw)) ?? wrong('wrong-type', raw);
  };
}

/** Makes problems of one field; what was expected is worded once, however many cells are wrong. */
function problemOf(field: Feature | Target): (code: ProblemCode, raw: unknown) => Problem {
  let expected: string | undefined;
  return (code, raw) => {
    expected ??= expectation(field);
    return { code, column: field.name, value: shown(raw), expected };
  };
}

function shown(raw: unknown): string {
  const text = textOf(raw);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}

/** A list or an object is only named: its text may be endless, nested beyond the stack, or not exist. */
function textOf(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean' || typeof raw === 'bigint') return String(raw);
  return Array.isArray(raw) ? 'a list' : 'an object';
}
