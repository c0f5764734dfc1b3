import { isBetter } from './cut.js';
import type { CutSearch } from './cut-search.js';
import { cutOfLevels, levelsOf } from './levels.js';
import type { Steps } from './steps.js';
import { sumGain } from './sum-gain.js';

/**
 * Tries the cuts of a nominal column's levels into two sets.
 *
 * No partition of the levels is better than the best of those that have all lower means on one side. So the levels are
 * sorted by their mean target, equal means by code, and one cut less is tried than there are levels. Of equally good ones
 * the one of fewer levels on the left wins. Where a side may not be too small, or by Poisson deviance not have a mean of
 * 0, the best of these cuts that are allowed need not be the best of all.
 *
 * Source: W. D. Fisher, "On Grouping for Maximum Homogeneity", J. Am. Stat. Assoc. 53 (1958); L. Breiman et al.,
 * "Classification and Regression Trees" (1984), section 9.4; for the Poisson deviance P. A. Chou, "Optimal Partitioning
 * for Classification and Regression Trees", IEEE Trans. Pattern Anal. Mach. Intell. 13 (1991).
 */
export function cutLevels(search: CutSearch, feature: number, steps: Steps): void {
  const { node, minRows, isPoisson, priorities, cut } = search;
  // Sorting keeps the order of levels of equal means, which is that of their codes.
  const levels = levelsOf(steps, node).sort((a, b) => a.sum / a.weight - b.sum / b.weight);
  let best = 0;
  let [leftRows, leftWeight, leftSum] = [0, 0, 0];
  for (let i = 0; i < levels.length - 1; i++) {
    leftRows += levels[i].rows;
    leftWeight += levels[i].weight;
    leftSum += levels[i].sum;
    if (leftRows < minRows || node.end - node.start - leftRows < minRows) continue;
    const gain = sumGain(isPoisson, leftWeight, leftSum, node.weight - leftWeight, node.sum - leftSum);
    if (!isBetter(gain, feature, cut, priorities)) continue;
    cut.gain = gain;
    cut.feature = feature;
    best = i + 1;
  }
  if (best > 0) Object.assign(cut, cutOfLevels(levels.slice(0, best), levels.slice(best)));
}
