import { closestName } from '@scorecast/core';
import { trainError } from './train-error.js';

/**
 * One param, declared once: what it means, its default and what it may be. Typed factories, the JSON of a
 * configuration and the reference pages all read this declaration.
 */
export interface Param<T> {
  /** What it does, in a few words. */
  readonly about: string;
  readonly default: T;
  /** What it may be, as people read it: `an integer of at least 1, or null`. */
  readonly expected: string;
  accepts(this: void, value: unknown): value is T;
}

/** The params of one estimator by name, in the order of its documentation. */
export type ParamTable = Readonly<Record<string, Param<unknown>>>;

/** The values that a {@link ParamTable} describes. */
export type ParamValues<S extends ParamTable> = {
  readonly [Name in keyof S]: S[Name] extends Param<infer T> ? T : never;
};

/** A whole number from `min` to `max`; also null where null is the default. */
export function integer<D extends number | null>(declared: Range & { about: string; default: D }): Param<Widened<D>> {
  return numeric(declared, 'an integer', Number.isSafeInteger);
}

/** A finite number from `min` (or greater than `above`) to `max`; also null where null is the default. */
export function real<D extends number | null>(declared: Range & { about: string; default: D }): Param<Widened<D>> {
  return numeric(declared, 'a number', Number.isFinite);
}

/** A whole number of at least 1, or a list of such numbers that is not empty. */
export function counts(declared: { about: string; default: readonly number[] }): Param<number | readonly number[]> {
  const isCount = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
  return {
    ...declared,
    expected: 'an integer of at least 1, or a list of such integers',
    accepts: (value): value is number | readonly number[] =>
      Array.isArray(value) ? value.length > 0 && value.every(isCount) : isCount(value),
  };
}

/** True or false. */
export function flag(declared: { about: string; default: boolean }): Param<boolean> {
  return { ...declared, expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
}

/** One of a few texts or numbers. */
export function choice<const T extends string | number>(declared: {
  about: string;
  default: NoInfer<T>;
  options: readonly T[];
}): Param<T> {
  const { about, default: chosen, options } = declared;
  return {
    about,
    default: chosen,
    expected: options.map((option) => JSON.stringify(option)).join(' or '),
    accepts: (value): value is T => options.some((option) => option === value),
  };
}

/**
 * Checks params and completes them with the defaults. A param that is undefined counts as not given.
 *
 * @param estimator The estimator's name, for messages.
 * @param given Params from code or from JSON; undefined means none.
 * @returns Frozen params, in the order of the declaration.
 * @throws TRAIN_PARAMS when `given` is not an object; TRAIN_UNKNOWN_PARAM for a name that is not declared;
 * TRAIN_PARAM for a value of another type or out of range.
 */
export function readParams<const S extends ParamTable>(estimator: string, declared: S, given: unknown): ParamValues<S> {
  const values = definedEntries(estimator, given);
  const names = Object.keys(declared);
  for (const [param, value] of values) {
    if (!Object.hasOwn(declared, param)) {
      throw trainError('TRAIN_UNKNOWN_PARAM', { estimator, param, known: names, meant: closestName(param, names) });
    }
    const { expected, accepts } = declared[param];
    if (!accepts(value)) throw trainError('TRAIN_PARAM', { estimator, param, value, expected });
  }
  const completed: object = Object.freeze(
    Object.fromEntries(names.map((name) => [name, values.has(name) ? values.get(name) : declared[name].default])),
  );
  if (!areComplete(completed, declared)) throw new TypeError(`a default of ${estimator} breaks its own declaration`);
  return completed;
}

interface Range {
  min?: number;
  above?: number;
  max?: number;
}

type Widened<D extends number | null> = D extends null ? number | null : number;

function numeric<D extends number | null>(
  declared: Range & { about: string; default: D },
  noun: string,
  isOfType: (value: unknown) => boolean,
): Param<Widened<D>> {
  const { about, min = -Infinity, above = -Infinity, max = Infinity } = declared;
  const nullable = declared.default === null;
  const inRange = (value: number) => value >= min && value > above && value <= max;
  const accepts = (value: unknown): value is Widened<D> =>
    value === null ? nullable : typeof value === 'number' && isOfType(value) && inRange(value);
  if (!accepts(declared.default)) throw new RangeError(`${about}: the default is out of range`);
  return {
    about,
    default: declared.default,
    expected: `${describe(noun, declared)}${nullable ? ', or null' : ''}`,
    accepts,
  };
}

function describe(noun: string, { min, above, max }: Range): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (above !== undefined && max !== undefined) return `${noun} above ${above}, up to ${max}`;
  if (min !== undefined) return `${noun} of at least ${min}`;
  if (above !== undefined) return `${noun} above ${above}`;
  return max === undefined ? noun : `${noun} of at most ${max}`;
}

function definedEntries(estimator: string, given: unknown): ReadonlyMap<string, unknown> {
  if (given === undefined) return new Map();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw trainError('TRAIN_PARAMS', { estimator, value: given });
  }
  return new Map(Object.entries(given).filter(([, value]) => value !== undefined));
}

function areComplete<S extends ParamTable>(values: object, declared: S): values is ParamValues<S> {
  const found = new Map<string, unknown>(Object.entries(values));
  return Object.entries(declared).every(([name, param]) => param.accepts(found.get(name)));
}
