import type { Tree } from '@scorecast/core';

/** A tree with what a pruning needs to know of each node. */
export interface GrownTree {
  readonly tree: Tree;
  /** How many different rows reached the node. */
  readonly rowCounts: Int32Array;
  /** What the node's value leaves of the criterion, summed over its rows; 0 everywhere where nobody asked for it. */
  readonly losses: Float64Array;
}
