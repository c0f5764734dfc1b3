import { leafOf, type Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { treeGrower } from '../trees/grow-tree.js';
import type { GrowthLimits } from '../trees/growth-limits.js';
import { prepareTreeData } from '../trees/tree-data.js';
import { drawWithoutReplacement } from './draw-rows.js';
import type { Loss } from './loss.js';
import { refuseDivergence } from './refuse-divergence.js';

/** How trees are added to each other. */
export interface Boosting {
  readonly loss: Loss;
  readonly stages: number;
  readonly learningRate: number;
  /** The share of rows that a stage learns from. */
  readonly subsample: number;
  readonly limits: GrowthLimits;
}

// The keys below a stage's own randomness.
const SUBSAMPLE = 0;
const ROOT = 1;

/** Boosts trees, each grown on the negative gradients of those before it; the learning rate is in their values. */
export function boostTrees(
  columns: readonly Float64Array[],
  targets: Float64Array,
  { loss, stages, learningRate, subsample, limits }: Boosting,
  random: KeyedRandom,
): { readonly base: number; readonly trees: readonly Tree[] } {
  const rowCount = targets.length;
  const gradients = new Float64Array(rowCount);
  // The grower reads the gradients when it grows: each stage writes its own.
  const growTree = treeGrower(prepareTreeData(columns, gradients), limits);
  const base = loss.base(targets);
  const predictions = new Float64Array(rowCount).fill(base);
  const residuals = new Float64Array(rowCount);
  const leaves = new Int32Array(rowCount);
  const all = new Float64Array(rowCount).fill(1);
  const trees = Array.from({ length: stages }, (_, stage) => {
    const own = random.at(stage);
    for (let row = 0; row < rowCount; row++) {
      residuals[row] = targets[row] - predictions[row];
      refuseDivergence('gradient-boosting', residuals[row]);
    }
    loss.descend(residuals, gradients);
    const drawn = Math.max(1, Math.floor(subsample * rowCount));
    const weights = drawn === rowCount ? all : drawWithoutReplacement(rowCount, drawn, own.at(SUBSAMPLE));
    const tree = growTree(weights, own.at(ROOT));
    for (let row = 0; row < rowCount; row++) leaves[row] = leafOf(tree, columns, row);
    if (loss.leafValue !== undefined) setLeafValues(tree, leaves, weights, residuals, loss.leafValue);
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    const value = tree.value.map((step) => learningRate * step + 0);
    for (let row = 0; row < rowCount; row++) predictions[row] += value[leaves[row]];
    return { ...tree, value };
  });
  return { base, trees };
}

function setLeafValues(
  tree: Tree,
  leaves: Int32Array,
  weights: Float64Array,
  residuals: Float64Array,
  leafValue: (residuals: Float64Array) => number,
): void {
  const inLeaf = new Map<number, number[]>();
  leaves.forEach((leaf, row) => {
    if (weights[row] === 0) return;
    const own = inLeaf.get(leaf) ?? [];
    own.push(residuals[row]);
    inLeaf.set(leaf, own);
  });
  for (const [leaf, own] of inLeaf) tree.value[leaf] = leafValue(Float64Array.from(own));
}
