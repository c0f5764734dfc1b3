import type { Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { featureDraw } from './draw-features.js';
import { drawSample, emptySample, type Sample } from './sample.js';
import { findCut, type Cut, type OpenNode } from './find-cut.js';
import { nodeList } from './node-list.js';
import { partitioner } from './partition.js';
import type { TreeData } from './tree-data.js';

/** What stops a tree from growing. Rows are counted without repeats, as scikit-learn does. */
export interface GrowthLimits {
  /** The longest way from the root to a leaf; Infinity for no limit. */
  readonly maxDepth: number;
  /** A node with fewer rows stays a leaf. */
  readonly minSamplesSplit: number;
  /** No cut leaves fewer rows on a side. */
  readonly minSamplesLeaf: number;
  /** How many features a node may choose from. */
  readonly maxFeatures: number;
}

/**
 * Grows one tree.
 *
 * @param weights How often each row was drawn; rows with weight 0 are not seen. Their sum is at most the number of rows.
 * @param random The tree's own randomness, only used where `maxFeatures` is less than all.
 */
export type GrowTree = (weights: Float64Array, random: KeyedRandom) => Tree;

interface Task extends OpenNode {
  readonly depth: number;
  /** The node whose child this is, or -1. */
  readonly parent: number;
  readonly isLeft: boolean;
  /** The way from the root as a number, so that a node's draw does not depend on how the rest grew. */
  readonly path: number;
}

/**
 * Grows regression trees by squared error, depth first, left before right; all trees share one work space.
 *
 * Limits only prune: the tree grown with a `maxDepth` or `minSamplesSplit` is the one grown without, cut off.
 */
export function treeGrower(data: TreeData, limits: GrowthLimits): GrowTree {
  const sample = emptySample(data);
  const nodes = nodeList(2 * data.rowCount);
  const sides = partitioner(data, sample);
  const draw = featureDraw(data.values, limits.maxFeatures);
  return (weights, random) => {
    drawSample(sample, data, weights);
    nodes.clear();
    // A list instead of recursion: a tree can be deeper than the call stack.
    const open: Task[] = [rootTask(sample)];
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      const { mean, constant } = summarise(data, sample, task);
      const id = nodes.add(task.parent, task.isLeft, mean, task.weight);
      if (constant || !mayGrow(task, limits)) continue;
      const cut = findCut(data, sample, task, draw(sample.rows, task, random), limits.minSamplesLeaf);
      if (cut.feature < 0) continue;
      const middle = sides.partitionRows(task, cut);
      nodes.cut(id, cut.feature, cut.threshold, cut.missingLeft ?? middle - task.start > task.end - middle);
      const left = leftTask(task, id, cut, middle);
      const right = rightTask(task, id, cut, middle);
      // Sorted orders are only needed where another cut is looked for.
      if (mayGrow(left, limits) || mayGrow(right, limits)) sides.partitionOrders(task);
      open.push(right, left);
    }
    return nodes.tree();
  };
}

function mayGrow(task: Task, { maxDepth, minSamplesSplit, minSamplesLeaf }: GrowthLimits): boolean {
  return task.depth < maxDepth && task.end - task.start >= Math.max(minSamplesSplit, 2 * minSamplesLeaf);
}

function rootTask({ size, rows, weights, sums }: Sample): Task {
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    weight += weights[rows[i]];
    sum += sums[rows[i]];
  }
  return { start: 0, end: size, weight, sum, depth: 0, parent: -1, isLeft: false, path: 1 };
}

function leftTask(task: Task, parent: number, cut: Cut, middle: number): Task {
  const { leftWeight: weight, leftSum: sum } = cut;
  const path = childPath(task.path, 0);
  return { start: task.start, end: middle, weight, sum, depth: task.depth + 1, parent, isLeft: true, path };
}

function rightTask(task: Task, parent: number, cut: Cut, middle: number): Task {
  const weight = task.weight - cut.leftWeight;
  const sum = task.sum - cut.leftSum;
  const path = childPath(task.path, 1);
  return { start: middle, end: task.end, weight, sum, depth: task.depth + 1, parent, isLeft: false, path };
}

/** Multiplying by an odd number spreads long ways over all 32 bits, where they are most likely different. */
function childPath(path: number, side: 0 | 1): number {
  return (Math.imul(path, 0x9e3779b1) + side) >>> 0;
}

/** The mean target of a node's rows, added in the order of the rows, and whether all its targets are equal. */
function summarise(
  { targets }: TreeData,
  { rows, weights }: Sample,
  node: OpenNode,
): { mean: number; constant: boolean } {
  const first = targets[rows[node.start]];
  let total = 0;
  let constant = true;
  for (let i = node.start; i < node.end; i++) {
    const target = targets[rows[i]];
    total += weights[rows[i]] * target;
    if (target !== first) constant = false;
  }
  return { mean: constant ? first : total / node.weight, constant };
}
