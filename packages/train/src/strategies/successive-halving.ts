import { createEstimator } from '../estimators/estimators.js';
import type { Candidate } from '../search/candidate.js';
import { sampleCandidate } from './sample-space.js';
import type { SearchSpace } from './search-space.js';
import type { Batch, Strategy } from './strategy.js';

/** What halving saves on, until few candidates are left. */
export type HalvingResource = 'rows' | 'nEstimators';

/** How {@link successiveHalving} goes about it. */
export interface HalvingOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** How many candidates start. */
  readonly candidates: number;
  /** One in how many goes on to the next round, and how much more it gets there; at least 2. Default 3. */
  readonly reduction?: number;
  /** The least share of the resource that a round works with, above 0. Default 1/9. */
  readonly minShare?: number;
  /** Training rows (the default), or `nEstimators` of the estimators that have it. */
  readonly resource?: HalvingResource;
  /** The number of the first candidate; those before it were drawn elsewhere. Default 0. */
  readonly first?: number;
}

/**
 * Gives many candidates a small share of the resource, keeps the best of them, gives those more, until the last ones get
 * all of it. Equal scores are decided by the candidate's number.
 *
 * Source: K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization",
 * AISTATS (2016).
 */
export function* successiveHalving(space: SearchSpace, options: HalvingOptions): Strategy {
  const { seed, candidates, reduction = 3, minShare = 1 / 9, resource = 'rows', first = 0 } = options;
  const rounds = Math.min(wholeLog(candidates, reduction), wholeLog(1 / minShare, reduction));
  let contenders: readonly Candidate[] = Array.from({ length: candidates }, (_, i) =>
    sampleCandidate(space, { seed, trial: first + i }),
  );
  for (let round = rounds; round >= 0 && contenders.length > 0; round--) {
    const scores = yield withShare(contenders, resource, reduction ** -round);
    contenders = promote(contenders, scores, Math.ceil(contenders.length / reduction));
  }
}

/** The largest whole power of `base` that is at most `value`; a hair above counts, for 1/9 is not exact. */
export function wholeLog(value: number, base: number): number {
  return Math.max(0, Math.floor(Math.log(value) / Math.log(base) + 1e-9));
}

/** The `count` best, in their order; those that could not be fitted never are among them. */
function promote(contenders: readonly Candidate[], scores: readonly number[], count: number): readonly Candidate[] {
  const best = [...contenders.keys()]
    .filter((i) => scores[i] > -Infinity)
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, count);
  return best.sort((a, b) => a - b).map((i) => contenders[i]);
}

function withShare(candidates: readonly Candidate[], resource: HalvingResource, share: number): Batch {
  if (resource === 'rows') return { candidates, share };
  return { candidates: candidates.map((candidate) => withFewer(candidate, share)), share: 1 };
}

function withFewer(candidate: Candidate, share: number): Candidate {
  const { estimator, params } = candidate;
  const [, full] =
    Object.entries(createEstimator(estimator, params).params).find(([name]) => name === 'nEstimators') ?? [];
  if (typeof full !== 'number') return candidate;
  return { ...candidate, params: { ...params, nEstimators: Math.ceil(full * share) } };
}
