import type { Problem, ProblemCode } from './problem.js';
import type { Feature, Target } from './schema.js';

/** Where a cell comes from: `text` (CSV, forms) must be parsed, `typed` (JSON, Parquet) has types of its own. */
export type CellSource = 'text' | 'typed';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** How many characters of a wrong value a problem repeats. */
const SHOWN_LENGTH = 80;

/**
 * Reads one cell. The result is a number for a numeric field, a level's index for a nominal or ordinal one, and
 * NaN or -1 for a missing value that the field allows.
 *
 * `null` and `undefined` are missing. An empty text is not: it is a value like any other, and wrong unless it is a level.
 *
 * @returns The number, or the problem without its row.
 */
export function parseCell(field: Feature | Target, raw: unknown, source: CellSource): number | Problem {
  if (raw === null || raw === undefined) return parseMissing(field);
  switch (field.kind) {
    case 'numeric':
    case 'target':
      return parseNumber(field, raw, source);
    case 'nominal':
    case 'ordinal':
      return parseLevel(field, raw);
  }
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

function parseMissing(field: Feature | Target): number | Problem {
  if (field.kind === 'target' || !field.optional) return wrong('missing', field, undefined);
  return field.kind === 'numeric' ? Number.NaN : -1;
}

function parseNumber(field: Extract<Feature | Target, { integer: boolean }>, raw: unknown, source: CellSource) {
  const value = toNumber(raw, source);
  if (!Number.isFinite(value) || (field.integer && !Number.isInteger(value))) return wrong('wrong-type', field, raw);
  if (value < (field.min ?? -Infinity) || value > (field.max ?? Infinity)) return wrong('out-of-range', field, raw);
  // Adding zero turns -0 into 0, so that equal inputs give equal bytes.
  return value + 0;
}

function toNumber(raw: unknown, source: CellSource): number {
  if (typeof raw === 'number') return raw;
  if (source === 'text' && typeof raw === 'string') {
    const trimmed = raw.trim();
    return NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  }
  return Number.NaN;
}

function parseLevel(field: Extract<Feature, { levels: readonly string[] }>, raw: unknown): number | Problem {
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') {
    return wrong('wrong-type', field, raw);
  }
  const code = field.levels.indexOf(String(raw));
  if (code >= 0) return code;
  return wrong(typeof raw === 'string' ? 'unknown-level' : 'wrong-type', field, raw);
}

function wrong(code: ProblemCode, field: Feature | Target, raw: unknown): Problem {
  const expected = expectation(field);
  return raw === undefined
    ? { code, column: field.name, expected }
    : { code, column: field.name, value: shown(raw), expected };
}

function shown(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw));
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}
