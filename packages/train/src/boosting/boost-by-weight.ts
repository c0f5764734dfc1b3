import type { Table, Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { treeGrower } from '../trees/grow-tree.js';
import type { GrowthLimits } from '../trees/growth-limits.js';
import { leafFinder } from '../trees/leaf-finder.js';
import { levelCountsOf } from '../trees/tree-columns.js';
import { prepareTreeData } from '../trees/tree-data.js';
import { weightedDraw } from './draw-rows.js';

/** How trees are added to each other. */
export interface WeightBoosting {
  /** What a row's error counts, as a share of the largest error: itself, its square or `1 - exp(-share)`. */
  readonly loss: 'linear' | 'square' | 'exponential';
  readonly stages: number;
  readonly learningRate: number;
  readonly limits: GrowthLimits;
}

/** Trees, and what each one counts in a vote. */
export interface WeightedTrees {
  readonly trees: readonly Tree[];
  readonly weights: readonly number[];
}

// The keys below a tree's own randomness.
const BOOTSTRAP = 0;
const ROOT = 1;

/**
 * AdaBoost.R2: each tree sees rows drawn by weight, and rows that it predicts well lose weight. It ends early after a
 * tree without error, and before a tree whose weighted loss is .5 or more, of which only the first is kept.
 *
 * @param columns Those of `x`, checked.
 */
export function boostByWeight(
  x: Table,
  columns: readonly Float64Array[],
  targets: Float64Array,
  { loss, stages, learningRate, limits }: WeightBoosting,
  random: KeyedRandom,
): WeightedTrees {
  const growTree = treeGrower(prepareTreeData(columns, targets, { levelCounts: levelCountsOf(x) }), limits);
  const findLeaves = leafFinder([x]);
  const rowCount = targets.length;
  const rowWeights = new Float64Array(rowCount).fill(1 / rowCount);
  const draw = weightedDraw(rowCount);
  const counts = new Float64Array(rowCount);
  const leaves = new Int32Array(rowCount);
  const losses = new Float64Array(rowCount);
  const trees: Tree[] = [];
  const weights: number[] = [];
  for (let stage = 0; stage < stages; stage++) {
    const own = random.at(stage);
    draw(rowWeights, own.at(BOOTSTRAP), counts);
    const tree = growTree(counts, own.at(ROOT));
    findLeaves(tree, leaves);
    findErrors(targets, tree.value, leaves, losses);
    divideByLargest(losses, loss);
    const error = weightedMean(losses, rowWeights);
    if (error >= 0.5 && stage > 0) break;
    trees.push(tree);
    if (error <= 0 || error >= 0.5) {
      weights.push(1);
      break;
    }
    const logBeta = Math.log(error / (1 - error));
    weights.push(-learningRate * logBeta);
    shrinkWeights(rowWeights, losses, learningRate * logBeta);
    if (!normalize(rowWeights)) break;
  }
  return { trees, weights };
}

function findErrors(targets: Float64Array, values: Float64Array, leaves: Int32Array, errors: Float64Array): void {
  for (let row = 0; row < errors.length; row++) errors[row] = Math.abs(values[leaves[row]] - targets[row]);
}

/** Multiplies each weight by `beta ** (learningRate * (1 - loss))`. */
function shrinkWeights(weights: Float64Array, losses: Float64Array, rate: number): void {
  for (let row = 0; row < weights.length; row++) weights[row] *= Math.exp(rate * (1 - losses[row]));
}

/** Makes absolute errors what they count as shares of the largest. */
function divideByLargest(errors: Float64Array, loss: WeightBoosting['loss']): void {
  let largest = 0;
  for (const error of errors) if (error > largest) largest = error;
  if (largest === 0) return;
  for (let row = 0; row < errors.length; row++) errors[row] = countedShare(errors[row] / largest, loss);
}

function countedShare(share: number, loss: WeightBoosting['loss']): number {
  switch (loss) {
    case 'linear':
      return share;
    case 'square':
      return share * share;
    case 'exponential':
      return 1 - Math.exp(-share);
    default:
      return loss satisfies never;
  }
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += weights[row] * values[row];
  return sum;
}

/** Makes the weights add up to 1, none of them 0, so that every row can come back; false where that is impossible. */
function normalize(weights: Float64Array): boolean {
  let total = 0;
  for (const weight of weights) total += weight;
  if (!(total > 0 && total < Infinity)) return false;
  for (let row = 0; row < weights.length; row++) weights[row] = Math.max(Number.EPSILON, weights[row] / total);
  return true;
}
