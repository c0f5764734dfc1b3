import type { Tree } from '@scorecast/core';

/** A tree under growth: nodes are added as leaves, parents before their children. */
export interface TreeBuilder {
  /** Appends a leaf below `parent` (-1 for the root) and returns its index. */
  add(this: void, parent: number, isLeft: boolean, value: number, cover: number): number;
  /** Makes a leaf an inner node; its children are added later. */
  cut(this: void, node: number, feature: number, threshold: number, missingLeft: boolean): void;
  /** The finished tree. */
  tree(this: void): Tree;
}

/** A tree without nodes, and room for so many. */
export function treeBuilder(capacity: number): TreeBuilder {
  const tree = {
    feature: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    left: new Int32Array(capacity),
    right: new Int32Array(capacity),
    missingLeft: new Uint8Array(capacity),
    value: new Float64Array(capacity),
    cover: new Float64Array(capacity),
  };
  let size = 0;
  return {
    add: (parent, isLeft, value, cover) => {
      const id = size++;
      tree.feature[id] = -1;
      tree.value[id] = value;
      tree.cover[id] = cover;
      if (parent >= 0) tree[isLeft ? 'left' : 'right'][parent] = id;
      return id;
    },
    cut: (node, feature, threshold, missingLeft) => {
      tree.feature[node] = feature;
      tree.threshold[node] = threshold;
      tree.missingLeft[node] = missingLeft ? 1 : 0;
    },
    tree: () => ({
      feature: tree.feature.slice(0, size),
      threshold: tree.threshold.slice(0, size),
      left: tree.left.slice(0, size),
      right: tree.right.slice(0, size),
      missingLeft: tree.missingLeft.slice(0, size),
      value: tree.value.slice(0, size),
      cover: tree.cover.slice(0, size),
    }),
  };
}
