import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';

/**
 * One binary tree in flat arrays, node 0 the root, children after their parent. A row goes left where
 * `x[feature] <= threshold`; a missing value goes left where `missingLeft` is 1.
 */
export interface Tree {
  /** The feature's index, or -1 in a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** The mean target of the node's training rows, in inner nodes too. */
  readonly value: Float64Array;
  /** How many training rows (with repeats) reached the node. */
  readonly cover: Float64Array;
}

/** Trees whose leaf values are combined: a decision tree is an ensemble of one. */
export interface TreeEnsemble {
  readonly kind: 'tree-ensemble';
  readonly features: readonly string[];
  readonly combine: 'mean';
  readonly trees: readonly Tree[];
}

/** Adds the trees in their order and divides once. */
export function predictTrees(model: TreeEnsemble, source: Table): Float64Array {
  const columns = modelColumns(model.features, source);
  const predictions = new Float64Array(source.rowCount);
  for (const tree of model.trees) {
    for (let i = 0; i < predictions.length; i++) predictions[i] += tree.value[leafOf(tree, columns, i)];
  }
  for (let i = 0; i < predictions.length; i++) predictions[i] /= model.trees.length;
  return predictions;
}

/** The index of the leaf that a row ends in. */
export function leafOf(tree: Tree, columns: readonly Float64Array[], row: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) {
    const value = columns[tree.feature[node]][row];
    const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= tree.threshold[node];
    node = goesLeft ? tree.left[node] : tree.right[node];
  }
  return node;
}
