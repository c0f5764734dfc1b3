import type { SearchSpace } from './search-space.js';
import type { Strategy } from './strategy.js';
import { successiveHalving, wholeLog, type HalvingOptions } from './successive-halving.js';

/**
 * Runs successive halving again and again, from many candidates with little each to few with all of it, since nobody
 * knows beforehand how far a small share can be trusted. It has no end: the budget says when to stop.
 *
 * Source: L. Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", JMLR 18 (2018).
 */
export function* hyperband(space: SearchSpace, options: Omit<HalvingOptions, 'candidates' | 'first'>): Strategy {
  const { reduction = 3, minShare = 1 / 9 } = options;
  const most = wholeLog(1 / minShare, reduction);
  for (let first = 0; ;) {
    for (let rounds = most; rounds >= 0; rounds--) {
      const candidates = Math.ceil(((most + 1) / (rounds + 1)) * reduction ** rounds);
      yield* successiveHalving(space, { ...options, candidates, minShare: reduction ** -rounds, first });
      first += candidates;
    }
  }
}
