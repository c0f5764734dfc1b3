import { childOf, type Tree } from '../model/tree-ensemble.js';
import { TreePath } from './tree-path.js';

/** Adds the contributions of one row's columns to `sums`. */
export type TreeExplainer = (row: Float64Array, sums: Float64Array) => void;

/**
 * Prepares path-dependent TreeSHAP for one tree: the Shapley values of its columns where a column that is not known is
 * replaced by the shares of training rows (`cover`) that went each way.
 *
 * Takes a time of leaves * depth^2 per row, where enumerating takes 2^columns.
 *
 * Source: see {@link TreePath}.
 */
export function treeExplainer(tree: Tree): TreeExplainer {
  const depth = depthOf(tree);
  const paths = Array.from({ length: depth + 1 }, () => new TreePath(depth + 2));

  return (row, sums) => {
    const visit = (node: number, level: number, column: number, zero: number, one: number): void => {
      const path = paths[level];
      if (level === 0) path.length = 0;
      else path.copyFrom(paths[level - 1]);
      let [share, follows] = [zero, one];
      const earlier = level === 0 ? -1 : path.indexOf(column);
      if (earlier > 0) {
        // A column that is asked again is known or not known in both places.
        share *= path.zero[earlier];
        follows *= path.one[earlier];
        path.unwind(earlier);
      }
      path.extend(column, share, follows);
      const asked = tree.feature[node];
      if (asked < 0) {
        addLeaf(path, tree.value[node], sums);
        return;
      }
      const hot = childOf(tree, node, row[asked]);
      const cold = hot === tree.left[node] ? tree.right[node] : tree.left[node];
      visit(hot, level + 1, asked, shareOf(tree, hot, node), 1);
      visit(cold, level + 1, asked, shareOf(tree, cold, node), 0);
    };
    visit(0, 0, -1, 1, 1);
  };
}

/** The mean of a tree's leaves, by the training rows in them: its prediction where nothing is known. */
export function expectedLeaf(tree: Tree, node = 0): number {
  if (tree.feature[node] < 0) return tree.value[node];
  const { left, right } = tree;
  return (
    shareOf(tree, left[node], node) * expectedLeaf(tree, left[node]) +
    shareOf(tree, right[node], node) * expectedLeaf(tree, right[node])
  );
}

/** The share of a node's training rows that went on to a child. The two shares always add up to 1. */
function shareOf({ cover, left, right }: Tree, child: number, parent: number): number {
  const both = cover[left[parent]] + cover[right[parent]];
  return both > 0 ? cover[child] / both : 0.5;
}

function addLeaf(path: TreePath, value: number, sums: Float64Array): void {
  for (let i = 1; i < path.length; i++) {
    sums[path.column[i]] += path.unwoundSum(i) * (path.one[i] - path.zero[i]) * value;
  }
}

/** Children stand behind their parents, so one pass is enough. */
function depthOf({ feature, left, right }: Tree): number {
  const depths = new Int32Array(feature.length);
  let deepest = 0;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] < 0) continue;
    deepest = Math.max(deepest, depths[node] + 1);
    depths[left[node]] = depths[right[node]] = depths[node] + 1;
  }
  return deepest;
}
