import { sampleCandidate } from './sample-space.js';
import type { SearchSpace } from './search-space.js';
import type { Strategy } from './strategy.js';

/** How many candidates are evaluated side by side. Fixed, so that results do not depend on the number of threads. */
const BATCH = 8;

/**
 * Tries candidates drawn at random, without end: the budget says when to stop.
 *
 * Source: J. Bergstra and Y. Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13 (2012).
 *
 * @param options.seed An integer from 0 to 2^32 - 1.
 */
export function* randomSearch(space: SearchSpace, { seed }: { readonly seed: number }): Strategy {
  for (let first = 0; ; first += BATCH) {
    const candidates = Array.from({ length: BATCH }, (_, i) => sampleCandidate(space, { seed, trial: first + i }));
    yield { candidates, share: 1 };
  }
}
