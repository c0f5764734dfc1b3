import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';

/** One thing that a search tries: an estimator with its params, and what its preprocessing does differently. */
export interface Candidate {
  /** The estimator's name in the registry, such as `random-forest`. */
  readonly estimator: string;
  /** The params as the grid gave them; the estimator adds its defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What replaces the search's preprocessing options for this candidate. */
  readonly preprocessing: PreprocessingOptions;
}

/**
 * A candidate as people read it: the estimator and what was chosen for it.
 *
 * @example
 * describeCandidate({ estimator: 'ridge', params: { alpha: 1 }, preprocessing: {} }); // => "ridge (alpha 1)"
 */
export function describeCandidate({ estimator, params, preprocessing }: Candidate): string {
  const chosen = Object.entries({ ...params, ...preprocessing }).map(([name, value]) => `${name} ${show(value)}`);
  return chosen.length === 0 ? estimator : `${estimator} (${chosen.join(', ')})`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
