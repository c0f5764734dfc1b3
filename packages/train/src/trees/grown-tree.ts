import type { Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';

/** A tree with what a pruning needs to know of each node; its arrays may be those of a grower, which reuses them. */
export interface GrownTree {
  readonly tree: Tree;
  /** How many different rows reached the node. */
  readonly rowCounts: Int32Array;
  /** What the node's value leaves of the criterion, summed over its rows; 0 everywhere where nobody asked for it. */
  readonly losses: Float64Array;
}

/**
 * Grows one tree; a grown one may lie in memory that the next tree overwrites, whichever grower grows it.
 *
 * @param weights How often each row was drawn; rows with weight 0 are not seen. Their sum is at most the number of rows.
 * @param random The tree's own randomness, only used where `maxFeatures` is less than all or thresholds are random.
 * @param priorities Of each feature its place among those whose cuts are equally good, of which the lowest is taken; by
 * default its number.
 */
export type GrowTree<T = Tree> = (weights: Float64Array, random: KeyedRandom, priorities?: Int32Array) => T;

/** The tree in arrays of its own. */
export function copyTree({ tree }: GrownTree): Tree {
  return {
    feature: tree.feature.slice(),
    threshold: tree.threshold.slice(),
    left: tree.left.slice(),
    right: tree.right.slice(),
    missingLeft: tree.missingLeft.slice(),
    value: tree.value.slice(),
    cover: tree.cover.slice(),
    ...(tree.sets === undefined ? {} : { sets: tree.sets }),
  };
}
