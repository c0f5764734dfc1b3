import { canonicalJson } from '@scorecast/core';
import { createEstimator, estimators } from '../estimators/estimators.js';
import { readParams, type ParamTable } from '../params.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Condition, Dimension } from './dimension.js';
import { readDimension, sampleValues } from './read-dimension.js';
import { spaceError } from './space-error.js';

/**
 * One line of a search space: an estimator and what may be chosen for its params. A grid is the space whose params are
 * all lists.
 */
export interface SpaceEntry {
  readonly estimator: string;
  /**
   * A {@link Dimension}; or a list, which is a choice of its items; or anything else, which is fixed. Plain JSON.
   * A param that is left out keeps its default.
   */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What these candidates preprocess differently from the rest of the search. */
  readonly preprocessing?: PreprocessingOptions;
}

/** A param of a checked space. */
export interface SpaceParam {
  readonly name: string;
  /** Tells it from every other param of the space; its draws are addressed by it. */
  readonly path: string;
  readonly dimension: Dimension;
}

/** A space after its checks: nothing in it can be refused later for its name or its range. */
export type SearchSpace = readonly {
  readonly estimator: string;
  readonly preprocessing: PreprocessingOptions;
  /** In the order of the entry, so that a condition's params come before it. */
  readonly params: readonly SpaceParam[];
}[];

/**
 * Checks a space against the estimators' own declarations, before anything is fitted.
 *
 * @throws TRAIN_SPACE for a space that cannot be drawn from; TRAIN_UNKNOWN_ESTIMATOR, TRAIN_UNKNOWN_PARAM and TRAIN_PARAM
 * where the estimators have no such name or would refuse a value, such as the end of a range.
 * @example
 * searchSpace([{ estimator: 'ridge', params: { alpha: logUniform(0.01, 100) } }])[0].params[0].path; // => "0.alpha"
 */
export function searchSpace(entries: readonly SpaceEntry[]): SearchSpace {
  if (entries.length === 0) throw spaceError('the space', 'nothing to choose from', 'at least one estimator');
  return entries.map(({ estimator, params = {}, preprocessing = {} }, i) => {
    const declared = declaredParams(estimator);
    const checked: SpaceParam[] = [];
    for (const [name, given] of Object.entries(params)) {
      const where = `${estimator}: param ${JSON.stringify(name)}`;
      const dimension = readDimension(where, given);
      for (const value of sampleValues(dimension)) readParams(estimator, declared, { [name]: value });
      checkCondition(where, dimension.when ?? {}, checked);
      checked.push({ name, path: `${i}.${name}`, dimension });
    }
    return { estimator, preprocessing, params: checked };
  });
}

/** Whether a param exists, given the values of those before it. */
export function applies({ dimension }: SpaceParam, values: ReadonlyMap<string, unknown>): boolean {
  return Object.entries(dimension.when ?? {}).every(
    ([name, wanted]) => values.has(name) && isOneOf(wanted, values.get(name)),
  );
}

function declaredParams(estimator: string): ParamTable {
  createEstimator(estimator);
  return new Map<string, { readonly params: ParamTable }>(Object.entries(estimators)).get(estimator)?.params ?? {};
}

function checkCondition(where: string, condition: Condition, before: readonly SpaceParam[]): void {
  for (const [name, wanted] of Object.entries(condition)) {
    const other = before.find((param) => param.name === name)?.dimension;
    const shown = `the condition on ${JSON.stringify(name)}`;
    if (other === undefined) throw spaceError(where, shown, 'a param that stands before it in the same entry');
    const possible = sampleValues(other);
    if ('min' in other || possible.some((value) => isOneOf(wanted, value))) continue;
    throw spaceError(where, `${shown}, which is never ${JSON.stringify(wanted)}`, 'a value that it can have');
  }
}

function isOneOf(wanted: unknown, value: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.some((item) => canonicalJson(item) === canonicalJson(value));
}
