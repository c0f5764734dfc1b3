import { copyTree, type GrownTree, type GrowTree } from './grown-tree.js';
import type { GrowthLimits } from './growth-limits.js';
import { kernelGrower, suitsKernel } from './kernel/kernel-grower.js';
import { plainGrower } from './plain-grower.js';
import type { TreeData } from './tree-data.js';

/** Grows regression trees as {@link nodeGrower} does, each in arrays of its own. */
export function treeGrower(data: TreeData, limits: GrowthLimits): GrowTree {
  const grow = nodeGrower(data, limits);
  return (weights, random, priorities) => copyTree(grow(weights, random, priorities));
}

/**
 * Grows regression trees by the criterion of the data, depth first, left before right. All trees share one work
 * space, their nodes too: a tree is overwritten by the next one of this grower or of another.
 *
 * Limits only prune: the tree grown with a `maxDepth` or `minSamplesSplit` is the one grown without, cut off.
 */
export function nodeGrower(data: TreeData, limits: GrowthLimits): GrowTree<GrownTree> {
  return suitsKernel(data) ? kernelGrower(data, limits) : plainGrower(data, limits);
}
