import type { Dimension, NumericDimension } from './dimension.js';
import { numberLine } from './number-line.js';
import { spaceError } from './space-error.js';

const KINDS = ['fixed', 'choice', 'uniform', 'log-uniform', 'integer', 'log-integer'] as const;

/**
 * Reads what a space says of a param: a dimension, the short form of a choice (a list) or a value.
 *
 * @throws TRAIN_SPACE
 */
export function readDimension(where: string, given: unknown): Dimension {
  if (Array.isArray(given)) return readChoice(where, given);
  if (!isRecord(given) || !Object.hasOwn(given, 'kind')) return { kind: 'fixed', value: given };
  const dimension = { ...readKind(where, given), ...readWhen(where, given['when']) };
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(dimension, key));
  if (unknown === undefined) return dimension;
  const keys = Object.keys(dimension).join(', ');
  throw spaceError(where, `the key ${JSON.stringify(unknown)}`, `of ${dimension.kind} the keys ${keys}`);
}

/** Values that stand for all: those of a choice, and of a range both ends and some between. */
export function sampleValues(dimension: Dimension): readonly unknown[] {
  if (dimension.kind === 'fixed') return [dimension.value];
  if (dimension.kind === 'choice') return dimension.options;
  const { low, high, value } = numberLine(dimension);
  const between = [0.1234, 0.3819, 0.6173, 0.8761].map((share) => value(low + share * (high - low)));
  return [dimension.min, dimension.max, ...between];
}

function readKind(where: string, given: Readonly<Record<string, unknown>>): Dimension {
  const kind = KINDS.find((known) => known === given['kind']);
  if (kind === undefined) throw spaceError(where, `the kind ${JSON.stringify(given['kind'])}`, KINDS.join(', '));
  if (kind === 'fixed') return { kind, value: given['value'] };
  if (kind === 'choice') return readChoice(where, given['options']);
  return readRange(where, kind, given['min'], given['max']);
}

function readChoice(where: string, options: unknown): Dimension {
  if (Array.isArray(options) && options.length > 0) return { kind: 'choice', options };
  throw spaceError(where, 'a choice without options', 'a list of at least one value');
}

function readRange(where: string, kind: NumericDimension['kind'], min: unknown, max: unknown): NumericDimension {
  const whole = kind === 'integer' || kind === 'log-integer';
  const above = kind === 'log-uniform' ? 0 : -Infinity;
  const least = kind === 'log-integer' ? 1 : -Infinity;
  const isBound = (value: unknown): value is number =>
    typeof value === 'number' &&
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    value > above &&
    value >= least;
  if (isBound(min) && isBound(max) && min < max) return { kind, min, max };
  const noun = whole ? 'whole numbers' : 'numbers';
  const bound = kind === 'log-uniform' ? ' above 0' : kind === 'log-integer' ? ' of at least 1' : '';
  const found = `${kind} from ${JSON.stringify(min)} to ${JSON.stringify(max)}`;
  throw spaceError(where, found, `${noun}${bound}, min less than max`);
}

function readWhen(where: string, condition: unknown): Pick<Dimension, 'when'> {
  if (condition === undefined) return {};
  if (isRecord(condition) && Object.keys(condition).length > 0) return { when: condition };
  throw spaceError(where, `the condition ${JSON.stringify(condition)}`, 'an object such as {"loss": "huber"}');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
