import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';
import { weightedMedian } from './weighted-median.js';

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

/** So many rows and one tree fit into a processor's near memory. */
const BLOCK_ROWS = 512;

/** Takes the trees in their order, so that every machine gets the same bits. */
export function predictTrees(model: TreeEnsemble, source: Table): Float64Array {
  const columns = modelColumns(model.features, source);
  const predictions = new Float64Array(source.rowCount);
  const rows = new Float64Array(Math.min(BLOCK_ROWS, predictions.length) * columns.length);
  for (let start = 0; start < predictions.length; start += BLOCK_ROWS) {
    const block = predictions.subarray(start, start + BLOCK_ROWS);
    copyRows(columns, start, block.length, rows);
    predictBlock(model, rows, block);
  }
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

/** Writes rows one behind the other: a row's values are then next to each other. */
function copyRows(columns: readonly Float64Array[], start: number, count: number, rows: Float64Array): void {
  columns.forEach((values, j) => {
    for (let i = 0; i < count; i++) rows[i * columns.length + j] = values[start + i];
  });
}

function predictBlock(model: TreeEnsemble, rows: Float64Array, predictions: Float64Array): void {
  const { features, trees } = model;
  switch (model.combine) {
    case 'mean':
      for (const tree of trees) addLeafValues(tree, rows, features.length, predictions);
      for (let i = 0; i < predictions.length; i++) predictions[i] /= trees.length;
      return;
    case 'sum':
      predictions.fill(model.base);
      for (const tree of trees) addLeafValues(tree, rows, features.length, predictions);
      return;
    case 'weighted-median': {
      const answers = trees.map((tree) => {
        const values = new Float64Array(predictions.length);
        addLeafValues(tree, rows, features.length, values);
        return values;
      });
      weightedMedian(answers, model.weights, predictions);
      return;
    }
    default:
      model satisfies never;
  }
}

/** Adds to each sum the value of the leaf that its row ends in. Hot: every row comes by once per tree. */
function addLeafValues(tree: Tree, rows: Float64Array, width: number, sums: Float64Array): void {
  const { feature, threshold, left, right, missingLeft, value } = tree;
  for (let i = 0, row = 0; i < sums.length; i++, row += width) {
    let node = 0;
    for (let at = feature[0]; at >= 0; at = feature[node]) {
      const x = rows[row + at];
      if (x <= threshold[node] || (Number.isNaN(x) && missingLeft[node] === 1)) node = left[node];
      else node = right[node];
    }
    sums[i] += value[node];
  }
}
