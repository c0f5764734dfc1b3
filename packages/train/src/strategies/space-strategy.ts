import { trainError } from '../train-error.js';
import { checkBudget, type Budget } from './budget.js';
import { hyperband } from './hyperband.js';
import { randomSearch } from './random-search.js';
import type { SearchSpace } from './search-space.js';
import type { StrategyOptions } from './strategy-options.js';
import type { Strategy } from './strategy.js';
import { successiveHalving } from './successive-halving.js';
import { tpe } from './tpe.js';

const DEFAULT_CANDIDATES = 50;

/**
 * The strategy that options name, over a space, and when it is to stop.
 *
 * @throws TRAIN_OPTION for limits that make no sense.
 */
export function spaceStrategy(
  space: SearchSpace,
  options: StrategyOptions,
  seed: number,
): { readonly strategy: Strategy; readonly budget: Budget } {
  const { candidates, timeSeconds, patience, strategy } = options;
  checkBudget({ candidates, patience });
  if (timeSeconds !== undefined && !(timeSeconds > 0)) {
    throw trainError('TRAIN_OPTION', { option: 'timeSeconds', value: timeSeconds, expected: 'a number above 0' });
  }
  const limit = candidates ?? (timeSeconds === undefined ? DEFAULT_CANDIDATES : undefined);
  return {
    strategy: startStrategy(space, options, seed),
    budget: {
      // Halving has its number of candidates from the start: with fewer estimators the same one is another candidate.
      candidates: strategy === 'halving' ? undefined : limit,
      timeMs: timeSeconds === undefined ? undefined : 1000 * timeSeconds,
      patience,
    },
  };
}

function startStrategy(space: SearchSpace, options: StrategyOptions, seed: number): Strategy {
  const { strategy = 'tpe', candidates = DEFAULT_CANDIDATES, resource = 'rows' } = options;
  switch (strategy) {
    case 'random':
      return randomSearch(space, { seed });
    case 'halving':
      return successiveHalving(space, { seed, candidates, resource });
    case 'hyperband':
      return hyperband(space, { seed, resource });
    case 'tpe':
      return tpe(space, { seed });
  }
}
