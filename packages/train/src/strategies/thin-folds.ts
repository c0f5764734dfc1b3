import { keyedRandom } from '../keyed-random.js';
import { repeatOf, type SearchPlan } from '../search/search-plan.js';
import type { Fold } from '../splits/fold.js';

/**
 * The same folds with a share of their training rows; the test rows stay, so that scores can be compared. A larger share
 * holds every row of a smaller one. Each repeat learns from other rows.
 */
export function thinFolds(plan: Pick<SearchPlan, 'folds' | 'repeats' | 'seed'>, share: number): readonly Fold[] {
  const { folds, seed } = plan;
  if (share >= 1) return folds;
  return folds.map(({ train, test }, k) => {
    const repeat = repeatOf(plan, k);
    const random = repeat === 0 ? keyedRandom(seed) : keyedRandom(seed).at(repeat);
    const order = Float64Array.from(train, (row) => random.double(row));
    const drawn = Int32Array.from(train.keys()).sort((a, b) => order[a] - order[b] || a - b);
    const kept = drawn.slice(0, Math.max(1, Math.ceil(share * train.length))).sort();
    return { train: kept.map((at) => train[at]), test };
  });
}
