import type { Tree } from '@scorecast/core';
import { copyTree, type GrownTree } from './grown-tree.js';

/** What cuts a grown tree back; see {@link stoppingNodes}. */
export interface Pruning {
  /** The longest way from the root to a leaf; Infinity for no limit. */
  readonly maxDepth: number;
  /** A node with fewer rows is a leaf. */
  readonly minSamplesSplit: number;
  /** A node whose cut lowers the loss per row of the whole tree by less is a leaf. */
  readonly minImpurityDecrease: number;
  /** How many leaves are kept, those that lower the loss most; Infinity for all. */
  readonly maxLeafNodes: number;
  /** What a leaf costs: a subtree is a leaf where its leaves cost more than they lower the loss per row. */
  readonly ccpAlpha: number;
}

const NO_SET = new Int32Array(0);

/** Whether growth alone, within the limits of depth and rows, does what the pruning asks for. */
export function isLimitOnly({ minImpurityDecrease, maxLeafNodes, ccpAlpha }: Pruning): boolean {
  return minImpurityDecrease === 0 && maxLeafNodes === Infinity && ccpAlpha === 0;
}

/** Cuts a tree back that has been grown within the limits of the pruning; nodes keep their order. */
export function pruneTree(grown: GrownTree, pruning: Pruning): Tree {
  if (isLimitOnly(pruning)) return copyTree(grown);
  const { tree } = grown;
  const stops = stoppingNodes(grown, pruning);
  const places = new Int32Array(stops.length).fill(-1);
  const kept: number[] = [];
  places[0] = 0;
  for (let node = 0; node < stops.length; node++) {
    if (places[node] < 0) continue;
    places[node] = kept.push(node) - 1;
    if (stops[node] === 0) places[tree.left[node]] = places[tree.right[node]] = 0;
  }
  const nodes = Int32Array.from(kept);
  const isLeaf = (node: number) => stops[node] === 1;
  return {
    feature: nodes.map((node) => (isLeaf(node) ? -1 : tree.feature[node])),
    threshold: Float64Array.from(nodes, (node) => (isLeaf(node) ? 0 : tree.threshold[node])),
    left: nodes.map((node) => (isLeaf(node) ? 0 : places[tree.left[node]])),
    right: nodes.map((node) => (isLeaf(node) ? 0 : places[tree.right[node]])),
    missingLeft: Uint8Array.from(nodes, (node) => (isLeaf(node) ? 0 : tree.missingLeft[node])),
    value: Float64Array.from(nodes, (node) => tree.value[node]),
    cover: Float64Array.from(nodes, (node) => tree.cover[node]),
    ...keptSets(tree, kept, isLeaf),
  };
}

/** The sets of the nodes that are kept and no leaf; nothing where none of them has one. */
function keptSets({ sets }: Tree, kept: readonly number[], isLeaf: (node: number) => boolean): Pick<Tree, 'sets'> {
  if (sets === undefined) return {};
  const own = kept.map((node) => (isLeaf(node) ? NO_SET : sets[node]));
  return own.every(({ length }) => length === 0) ? {} : { sets: own };
}

/**
 * 1 for each node that is a leaf of the pruned tree; what stands for nodes below those means nothing.
 *
 * First what depends on a node alone, then the best of what is left, then minimal cost-complexity pruning (L. Breiman et
 * al., 1984): the smallest subtree of the least `loss per row + ccpAlpha * leaves`.
 */
export function stoppingNodes(grown: GrownTree, pruning: Pruning): Uint8Array {
  const stops = limitedNodes(grown, pruning);
  if (pruning.maxLeafNodes < Infinity) keepBestLeaves(grown, pruning.maxLeafNodes, stops);
  if (pruning.ccpAlpha > 0) joinCheapLeaves(grown, pruning.ccpAlpha, stops);
  return stops;
}

function limitedNodes(grown: GrownTree, { maxDepth, minSamplesSplit, minImpurityDecrease }: Pruning): Uint8Array {
  const { feature, left, right, cover } = grown.tree;
  const stops = new Uint8Array(feature.length);
  const depths = new Int32Array(feature.length);
  const leastDecrease = minImpurityDecrease * cover[0];
  for (let node = 0; node < stops.length; node++) {
    const isLeaf = feature[node] < 0 || depths[node] >= maxDepth || grown.rowCounts[node] < minSamplesSplit;
    if (isLeaf || (leastDecrease > 0 && decreaseOf(grown, node) < leastDecrease)) stops[node] = 1;
    else depths[left[node]] = depths[right[node]] = depths[node] + 1;
  }
  return stops;
}

/** By how much the node's cut lowers the loss. */
function decreaseOf({ tree, losses }: GrownTree, node: number): number {
  return losses[node] - losses[tree.left[node]] - losses[tree.right[node]];
}

/** Cuts the node that lowers the loss most, of equal ones the first, until there are enough leaves. */
function keepBestLeaves(grown: GrownTree, maxLeafNodes: number, stops: Uint8Array): void {
  // From worst to best.
  const open: { node: number; decrease: number }[] = [];
  const add = (node: number) => {
    if (stops[node] === 1) return;
    stops[node] = 1;
    const decrease = decreaseOf(grown, node);
    let low = 0;
    let high = open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = open[middle];
      if (other.decrease < decrease || (other.decrease === decrease && other.node > node)) low = middle + 1;
      else high = middle;
    }
    open.splice(low, 0, { node, decrease });
  };
  add(0);
  for (let leaves = 1; leaves < maxLeafNodes; leaves++) {
    const best = open.pop();
    if (best === undefined) return;
    stops[best.node] = 0;
    add(grown.tree.left[best.node]);
    add(grown.tree.right[best.node]);
  }
}

function joinCheapLeaves({ tree, losses }: GrownTree, ccpAlpha: number, stops: Uint8Array): void {
  const costs = new Float64Array(stops.length);
  for (let node = stops.length - 1; node >= 0; node--) {
    const asLeaf = losses[node] / tree.cover[0] + ccpAlpha;
    const below = stops[node] === 1 ? asLeaf : costs[tree.left[node]] + costs[tree.right[node]];
    if (asLeaf <= below) stops[node] = 1;
    costs[node] = Math.min(asLeaf, below);
  }
}
