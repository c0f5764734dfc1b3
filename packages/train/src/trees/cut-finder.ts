import type { KeyedRandom } from '../keyed-random.js';
import type { Cut } from './cut.js';
import { findCut } from './find-cut.js';
import { medianCutFinder } from './find-median-cut.js';
import { findRandomCut } from './find-random-cut.js';
import type { GrowthLimits } from './grow-tree.js';
import type { OpenNode } from './open-node.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/**
 * Finds a node's best cut with enough rows on either side; `feature` is -1 where there is none.
 *
 * @param allowed 1 for each feature that may be cut.
 * @param random The tree's randomness, of which the node has the part at `path`.
 */
export type FindCut = (node: OpenNode, allowed: Uint8Array, random: KeyedRandom, path: number) => Cut;

/** The way to find cuts that the criterion and the limits ask for. */
export function cutFinder(data: TreeData, sample: Sample, limits: GrowthLimits): FindCut {
  const minRows = limits.minSamplesLeaf;
  if (limits.thresholds === 'random') {
    return (node, allowed, random, path) => findRandomCut(data, sample, node, allowed, minRows, random.at(path));
  }
  if (data.criterion === 'absolute_error') return medianCutFinder(data, sample, minRows);
  return (node, allowed) => findCut(data, sample, node, allowed, minRows);
}
