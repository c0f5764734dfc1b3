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

/** A tree without nodes. */
export function treeBuilder(): TreeBuilder {
  const nodes: {
    feature: number;
    threshold: number;
    left: number;
    right: number;
    missingLeft: number;
    value: number;
    cover: number;
  }[] = [];
  return {
    add: (parent, isLeft, value, cover) => {
      const id = nodes.push({ feature: -1, threshold: 0, left: 0, right: 0, missingLeft: 0, value, cover }) - 1;
      if (parent >= 0) nodes[parent][isLeft ? 'left' : 'right'] = id;
      return id;
    },
    cut: (node, feature, threshold, missingLeft) => {
      Object.assign(nodes[node], { feature, threshold, missingLeft: missingLeft ? 1 : 0 });
    },
    tree: () => ({
      feature: Int32Array.from(nodes, ({ feature }) => feature),
      threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
      left: Int32Array.from(nodes, ({ left }) => left),
      right: Int32Array.from(nodes, ({ right }) => right),
      missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => missingLeft),
      value: Float64Array.from(nodes, ({ value }) => value),
      cover: Float64Array.from(nodes, ({ cover }) => cover),
    }),
  };
}
