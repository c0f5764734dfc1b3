import type { Candidate } from '../search/candidate.js';
import { searchSpace } from '../strategies/search-space.js';
import type { Strategy } from '../strategies/strategy.js';
import { tpe } from '../strategies/tpe.js';
import { tuningSpace } from './tuning-space.js';

/** How many of the best estimators are tuned further. */
const TUNED = 3;

/**
 * Tries all of a portfolio, then tunes the best estimators in it by the tree-structured Parzen estimator.
 *
 * @param options.trials How many candidates tuning may try.
 */
export function* portfolioStrategy(
  portfolio: readonly Candidate[],
  { trials, seed }: { readonly trials: number; readonly seed: number },
): Strategy {
  const scores = yield { candidates: portfolio, share: 1 };
  const space = tuningSpace(bestTunable(portfolio, scores));
  if (trials === 0 || space.length === 0) return;
  const tuning = tpe(searchSpace(space), { seed });
  let tried = 0;
  for (let step = tuning.next([]); step.done !== true && tried < trials;) {
    tried += step.value.candidates.length;
    step = tuning.next(yield step.value);
  }
}

/** Best first; those without a score last. */
function bestTunable(portfolio: readonly Candidate[], scores: readonly number[]): readonly string[] {
  const ranked = Array.from(portfolio.keys()).sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b] - scores[a]));
  const names = new Set(ranked.map((i) => portfolio[i].estimator));
  return [...names].filter((name) => tuningSpace([name]).length > 0).slice(0, TUNED);
}
