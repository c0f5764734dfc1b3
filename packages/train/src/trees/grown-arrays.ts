import type { GrownTree } from './grown-tree.js';

/** The arrays of a tree's nodes. */
export interface GrownArrays {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
  readonly cover: Float64Array;
  readonly rowCounts: Int32Array;
  readonly losses: Float64Array;
}

/** Arrays for so many nodes. */
export function grownArrays(capacity: number): GrownArrays {
  return {
    feature: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    left: new Int32Array(capacity),
    right: new Int32Array(capacity),
    missingLeft: new Uint8Array(capacity),
    value: new Float64Array(capacity),
    cover: new Float64Array(capacity),
    rowCounts: new Int32Array(capacity),
    losses: new Float64Array(capacity),
  };
}

/** The tree of the first `size` nodes. */
export function grownTree(arrays: GrownArrays, size: number): GrownTree {
  return {
    tree: {
      feature: arrays.feature.subarray(0, size),
      threshold: arrays.threshold.subarray(0, size),
      left: arrays.left.subarray(0, size),
      right: arrays.right.subarray(0, size),
      missingLeft: arrays.missingLeft.subarray(0, size),
      value: arrays.value.subarray(0, size),
      cover: arrays.cover.subarray(0, size),
    },
    rowCounts: arrays.rowCounts.subarray(0, size),
    losses: arrays.losses.subarray(0, size),
  };
}
