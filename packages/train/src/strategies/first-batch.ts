import type { Candidate } from '../search/candidate.js';
import type { SearchSpace } from './search-space.js';
import { spaceStrategy } from './space-strategy.js';
import type { StrategyOptions } from './strategy-options.js';

/**
 * What a search of a space tries first, before it knows any score, and with which share of the training rows.
 *
 * @param seed An integer from 0 to 2^32 - 1.
 * @throws TRAIN_OPTION for limits that make no sense.
 */
export function firstBatch(
  space: SearchSpace,
  options: StrategyOptions,
  seed: number,
): { readonly candidates: readonly Candidate[]; readonly share: number } {
  const { strategy, budget } = spaceStrategy(space, options, seed);
  const { value } = strategy.next([]);
  if (value === undefined) return { candidates: [], share: 1 };
  return { candidates: value.candidates.slice(0, budget.candidates), share: value.share };
}
