import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';

/** One thing that a search tries: an estimator with its params, and what its preprocessing does differently. */
export interface Candidate {
  /** The estimator's name in the registry, such as `random-forest`. */
  readonly estimator: string;
  /** The params as the grid gave them; the estimator adds its defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What replaces the search's preprocessing options for this candidate. */
  readonly preprocessing: PreprocessingOptions;
  /** For an ensemble (`blend`, `stacking` or `bag`, which no registry has): the candidates that it joins. */
  readonly members?: readonly Member[];
}

/** A candidate in an ensemble. */
export interface Member {
  readonly candidate: Candidate;
  /** By what its predictions are multiplied. */
  readonly weight: number;
}

/**
 * A candidate as people read it: the estimator and what was chosen for it.
 *
 * @example
 * describeCandidate({ estimator: 'ridge', params: { alpha: 1 }, preprocessing: {} }); // => "ridge (alpha 1)"
 */
export function describeCandidate({ estimator, params, preprocessing, members }: Candidate): string {
  if (members !== undefined) return describeEnsemble(estimator, members);
  const chosen = Object.entries({ ...params, ...preprocessing }).map(([name, value]) => `${name} ${show(value)}`);
  return chosen.length === 0 ? estimator : `${estimator} (${chosen.join(', ')})`;
}

function describeEnsemble(name: string, members: readonly Member[]): string {
  if (name === 'bag') return `bag of folds of ${describeCandidate(members[0].candidate)}`;
  const shares = new Map<string, number>();
  for (const { candidate, weight } of members) {
    shares.set(candidate.estimator, (shares.get(candidate.estimator) ?? 0) + weight);
  }
  const shown = [...shares]
    .sort(([, a], [, b]) => b - a)
    .map(([estimator, share]) => `${share.toFixed(2)} ${estimator}`);
  return `${name} (${shown.join(' + ')})`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
