import type { Table, Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { nodeGrower } from '../trees/grow-tree.js';
import type { GrownTree } from '../trees/grown-tree.js';
import type { GrowthLimits } from '../trees/growth-limits.js';
import { leafFinder } from '../trees/leaf-finder.js';
import { levelCountsOf } from '../trees/tree-columns.js';
import { prepareTreeData } from '../trees/tree-data.js';
import { drawWithoutReplacement } from './draw-rows.js';
import { addLeafValues } from './add-leaf-values.js';
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

/** Boosting that goes on stage by stage. */
export interface BoostedTrees {
  readonly base: number;
  /** What the training rows are predicted by the stages so far. */
  readonly predictions: Float64Array;
  /** The stages' trees with the learning rate in their values; each is overwritten by the next one. */
  readonly trees: Iterable<GrownTree>;
}

/**
 * Boosts trees, each grown on the negative gradients of those before it.
 *
 * @param columns Those of `x`, checked.
 */
export function boostTrees(
  x: Table,
  columns: readonly Float64Array[],
  targets: Float64Array,
  boosting: Boosting,
  random: KeyedRandom,
): BoostedTrees {
  const base = boosting.loss.base(targets);
  const predictions = new Float64Array(targets.length).fill(base);
  return { base, predictions, trees: stageTrees(x, columns, targets, boosting, random, predictions) };
}

function* stageTrees(
  x: Table,
  columns: readonly Float64Array[],
  targets: Float64Array,
  { loss, stages, learningRate, subsample, limits }: Boosting,
  random: KeyedRandom,
  predictions: Float64Array,
): Generator<GrownTree> {
  const rowCount = targets.length;
  const gradients = new Float64Array(rowCount);
  // The grower reads the gradients when it grows: each stage writes its own.
  const growTree = nodeGrower(prepareTreeData(columns, gradients, { levelCounts: levelCountsOf(x) }), limits);
  const findLeaves = leafFinder([x]);
  const residuals = new Float64Array(rowCount);
  const leaves = new Int32Array(rowCount);
  const weights = new Float64Array(rowCount).fill(1);
  const drawn = Math.max(1, Math.floor(subsample * rowCount));
  for (let stage = 0; stage < stages; stage++) {
    const own = random.at(stage);
    findResiduals(targets, predictions, residuals);
    loss.descend(residuals, gradients);
    if (drawn < rowCount) drawWithoutReplacement(drawn, own.at(SUBSAMPLE), weights);
    const grown = growTree(weights, own.at(ROOT));
    const { tree } = grown;
    findLeaves(tree, leaves);
    if (loss.leafValue !== undefined) setLeafValues(tree, leaves, weights, residuals, loss.leafValue);
    const { value } = tree;
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    for (let node = 0; node < value.length; node++) value[node] = learningRate * value[node] + 0;
    addLeafValues(predictions, value, leaves);
    yield grown;
  }
}

function findResiduals(targets: Float64Array, predictions: Float64Array, residuals: Float64Array): void {
  for (let row = 0; row < residuals.length; row++) {
    residuals[row] = targets[row] - predictions[row];
    refuseDivergence('gradient-boosting', residuals[row]);
  }
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
