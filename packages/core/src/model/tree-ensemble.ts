import type { Table } from '../table/table.js';
import { hasLevel } from './level-set.js';
import { modelColumns } from './model-columns.js';
import { weightedMedians } from './weighted-median.js';

/**
 * One binary tree in flat arrays, node 0 the root, children after their parent. A row goes left where
 * `x[feature] <= threshold`; a missing value goes left where `missingLeft` is 1. A node may part the levels of a nominal
 * feature instead: those of its set go the other way than missing values, all others with them.
 */
export interface Tree {
  /** The feature's index, or -1 in a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /**
   * The set of each node as codes of levels, ascending; empty where the node has a threshold. Undefined where no node has
   * a set.
   */
  readonly sets?: readonly Int32Array[];
  /** What a row that ends in the node is given, in inner nodes too: as a rule a mean of its training rows. */
  readonly value: Float64Array;
  /** How many training rows (with repeats) reached the node. */
  readonly cover: Float64Array;
}

/** Trees whose leaf values are combined: a decision tree is an ensemble of one. */
export type TreeEnsemble = TreesOfFeatures &
  (
    | { readonly combine: 'mean' }
    /** The base plus all leaf values, as in boosting; a learning rate is part of the leaf values. */
    | { readonly combine: 'sum'; readonly base: number }
    /** The first of the ascending leaf values at which half of the trees' weights is reached, as in AdaBoost. */
    | { readonly combine: 'weighted-median'; readonly weights: Float64Array }
  );

interface TreesOfFeatures {
  readonly kind: 'tree-ensemble';
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

const NO_SET = new Int32Array(0);

/** So many rows and one tree fit into a processor's near memory. */
const BLOCK_ROWS = 512;

/** Takes the trees in their order, so that every machine gets the same bits. */
export function predictTrees(model: TreeEnsemble, source: Table): Float64Array {
  const [predictions] = predictStages(model, source, [model.trees.length]);
  return predictions;
}

/**
 * What ensembles of the model's first trees predict, all in one pass: a forest or a boosted ensemble contains every
 * smaller one.
 *
 * @param counts How many trees each stage has, from 1 to all of them, in any order.
 * @returns For each count one prediction per row, the same bits as those of an ensemble of no more trees.
 * @throws TABLE_NOT_NUMERIC, MODEL_FEATURES
 */
export function predictStages(model: TreeEnsemble, source: Table, counts: readonly number[]): Float64Array[] {
  const columns = modelColumns(model.features, source);
  const stages = counts.map(() => new Float64Array(source.rowCount));
  const rows = new Float64Array(Math.min(BLOCK_ROWS, source.rowCount) * columns.length);
  for (let start = 0; start < source.rowCount; start += BLOCK_ROWS) {
    const blocks = stages.map((predictions) => predictions.subarray(start, start + BLOCK_ROWS));
    copyRows(columns, start, blocks[0].length, rows);
    predictBlock(model, rows, counts, blocks);
  }
  return stages;
}

/** The index of the leaf that a row ends in. */
export function leafOf(tree: Tree, columns: readonly Float64Array[], row: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) node = childOf(tree, node, columns[tree.feature[node]][row]);
  return node;
}

/**
 * The child of an inner node that a value of its feature leads to.
 *
 * @param value NaN where it is missing.
 */
export function childOf({ threshold, left, right, missingLeft, sets }: Tree, node: number, value: number): number {
  const set = sets?.[node] ?? NO_SET;
  const isMissingLeft = missingLeft[node] === 1;
  let goesLeft: boolean;
  if (set.length > 0) goesLeft = hasLevel(set, value) !== isMissingLeft;
  else goesLeft = Number.isNaN(value) ? isMissingLeft : value <= threshold[node];
  return goesLeft ? left[node] : right[node];
}

/** Writes rows one behind the other: a row's values are then next to each other. */
function copyRows(columns: readonly Float64Array[], start: number, count: number, rows: Float64Array): void {
  columns.forEach((values, j) => {
    for (let i = 0; i < count; i++) rows[i * columns.length + j] = values[start + i];
  });
}

/** Fills, for each count, a block of predictions. */
function predictBlock(
  model: TreeEnsemble,
  rows: Float64Array,
  counts: readonly number[],
  blocks: readonly Float64Array[],
): void {
  const trees = model.trees.slice(0, Math.max(...counts));
  const { length: rowCount } = blocks[0];
  const find = (tree: Tree, leaves: Int32Array) => findLeaves(tree, rows, model.features.length, leaves);
  if (model.combine === 'weighted-median') {
    const leaves = trees.map((tree) => find(tree, new Int32Array(rowCount)));
    weightedMedians(model.trees, model.weights, leaves, counts, blocks);
    return;
  }
  const sums = new Float64Array(rowCount).fill(model.combine === 'sum' ? model.base : 0);
  const leaves = new Int32Array(rowCount);
  trees.forEach((tree, i) => {
    find(tree, leaves);
    for (let row = 0; row < rowCount; row++) sums[row] += tree.value[leaves[row]];
    counts.forEach((count, k) => {
      if (count !== i + 1) return;
      const divisor = model.combine === 'mean' ? count : 1;
      for (let row = 0; row < rowCount; row++) blocks[k][row] = sums[row] / divisor;
    });
  });
}

/** Finds the leaf that each row ends in. Hot: every row comes by once per tree. */
function findLeaves(tree: Tree, rows: Float64Array, width: number, leaves: Int32Array): Int32Array {
  const { feature, threshold, left, right, missingLeft } = tree;
  if (tree.sets !== undefined) return findLeavesBySets(tree, rows, width, leaves);
  for (let i = 0, row = 0; i < leaves.length; i++, row += width) {
    let node = 0;
    for (let at = feature[0]; at >= 0; at = feature[node]) {
      const x = rows[row + at];
      if (x <= threshold[node] || (Number.isNaN(x) && missingLeft[node] === 1)) node = left[node];
      else node = right[node];
    }
    leaves[i] = node;
  }
  return leaves;
}

function findLeavesBySets(tree: Tree, rows: Float64Array, width: number, leaves: Int32Array): Int32Array {
  const { feature } = tree;
  for (let i = 0, row = 0; i < leaves.length; i++, row += width) {
    let node = 0;
    for (let at = feature[0]; at >= 0; at = feature[node]) node = childOf(tree, node, rows[row + at]);
    leaves[i] = node;
  }
  return leaves;
}
