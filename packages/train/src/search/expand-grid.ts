import { canonicalJson } from '@scorecast/core';
import { createEstimator } from '../estimators/estimators.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import { trainError } from '../train-error.js';
import type { Candidate } from './candidate.js';

/** One line of a grid: an estimator and, for each param, the values to try. */
export interface GridEntry {
  readonly estimator: string;
  /** A list is tried value by value; anything else is one value. A param that is left out keeps its default. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What these candidates preprocess differently from the rest of the search. */
  readonly preprocessing?: PreprocessingOptions;
}

/** How many candidates a grid may have: more is a slip of the pen, not a search. */
const MAX_CANDIDATES = 10_000;

/**
 * All combinations of a grid's values, each checked by making its estimator, before anything is fitted.
 *
 * The order is that of the grid; within an entry the last param varies fastest. A candidate that comes a second time,
 * also by spelling out a default, is left out.
 *
 * @throws TRAIN_GRID for an empty grid or list, TRAIN_GRID_SIZE above 10 000 candidates, and what the estimators say of
 * their params: TRAIN_UNKNOWN_ESTIMATOR, TRAIN_UNKNOWN_PARAM, TRAIN_PARAM.
 * @example
 * expandGrid([{ estimator: 'ridge', params: { alpha: [0.1, 1] } }]).map((candidate) => candidate.params['alpha']); // => [0.1, 1]
 */
export function expandGrid(grid: readonly GridEntry[]): readonly Candidate[] {
  if (grid.length === 0) throw trainError('TRAIN_GRID', { where: 'the grid', expected: 'at least one estimator' });
  const size = grid.reduce((sum, entry) => sum + entrySize(entry), 0);
  if (size > MAX_CANDIDATES) throw trainError('TRAIN_GRID_SIZE', { size, limit: MAX_CANDIDATES });
  const distinct = new Map<string, Candidate>();
  for (const candidate of grid.flatMap(expandEntry)) {
    const key = identity(candidate);
    if (!distinct.has(key)) distinct.set(key, candidate);
  }
  return [...distinct.values()];
}

function entrySize(entry: GridEntry): number {
  return Object.entries(entry.params ?? {}).reduce((product, [param, value]) => {
    const { length } = alternatives(value);
    if (length === 0) {
      throw trainError('TRAIN_GRID', { where: `${entry.estimator}, ${param}`, expected: 'at least one value to try' });
    }
    return product * length;
  }, 1);
}

function expandEntry({ estimator, params = {}, preprocessing = {} }: GridEntry): readonly Candidate[] {
  const combinations = Object.entries(params).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (partial, [param, value]) =>
      partial.flatMap((chosen) => alternatives(value).map((option) => ({ ...chosen, [param]: option }))),
    [{}],
  );
  return combinations.map((chosen) => ({ estimator, params: chosen, preprocessing }));
}

function alternatives(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Two candidates are the same when their estimators agree in every param, chosen or default. */
function identity({ estimator, params, preprocessing }: Candidate): string {
  return canonicalJson([estimator, createEstimator(estimator, params).params, preprocessing]);
}
