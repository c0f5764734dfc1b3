import type { Tree } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';
import { featureDraw } from './draw-features.js';
import { drawSample, emptySample } from './sample.js';
import { openNode, type NodeRows } from './open-node.js';
import { cutFinder } from './cut-finder.js';
import { nodeList } from './node-list.js';
import { partitioner } from './partition.js';
import { nodeLoss } from './node-loss.js';
import { copyTree, type GrownTree } from './grown-tree.js';
import type { GrowthLimits } from './growth-limits.js';
import type { TreeData } from './tree-data.js';

/**
 * Grows one tree.
 *
 * @param weights How often each row was drawn; rows with weight 0 are not seen. Their sum is at most the number of rows.
 * @param random The tree's own randomness, only used where `maxFeatures` is less than all.
 */
export type GrowTree<T = Tree> = (weights: Float64Array, random: KeyedRandom) => T;

interface Task extends NodeRows {
  readonly depth: number;
  /** The node whose child this is, or -1. */
  readonly parent: number;
  readonly isLeft: boolean;
  /** The way from the root as a number, so that a node's draw does not depend on how the rest grew. */
  readonly path: number;
}

/** Grows regression trees as {@link nodeGrower} does, each in arrays of its own. */
export function treeGrower(data: TreeData, limits: GrowthLimits): GrowTree {
  const grow = nodeGrower(data, limits);
  return (weights, random) => copyTree(grow(weights, random));
}

/**
 * Grows regression trees by the criterion of the data, depth first, left before right. All trees share one work
 * space, their nodes too: a tree is overwritten by the next one.
 *
 * Limits only prune: the tree grown with a `maxDepth` or `minSamplesSplit` is the one grown without, cut off.
 */
export function nodeGrower(data: TreeData, limits: GrowthLimits): GrowTree<GrownTree> {
  const sample = emptySample(data);
  const nodes = nodeList(2 * data.rowCount);
  const sides = partitioner(data, sample);
  const draw = featureDraw(data.values, limits.maxFeatures);
  const findCut = cutFinder(data, sample, limits);
  return (weights, random) => {
    const size = drawSample(sample, data, weights);
    nodes.clear();
    // A list instead of recursion: a tree can be deeper than the call stack.
    const open: Task[] = [{ start: 0, end: size, depth: 0, parent: -1, isLeft: false, path: 1 }];
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      const node = openNode(data, sample, task);
      const id = nodes.add(task.parent, task.isLeft, {
        value: node.value,
        cover: node.weight,
        rowCount: task.end - task.start,
        loss: limits.keepsLosses === true ? nodeLoss(data, sample, node) : 0,
      });
      if (node.isConstant || !mayGrow(task, limits)) continue;
      const cut = findCut(node, draw(sample.rows, task, random), random, task.path);
      if (cut.feature < 0) continue;
      const middle = sides.partitionRows(task, cut);
      nodes.cut(id, cut.feature, cut.threshold, cut.missingLeft ?? middle - task.start > task.end - middle);
      const left = childTask(task, id, task.start, middle, true);
      const right = childTask(task, id, middle, task.end, false);
      // Sorted orders are only needed where another cut is looked for, or a median is taken.
      if (mayGrow(left, limits) || mayGrow(right, limits) || sample.byTarget !== undefined) sides.partitionOrders(task);
      open.push(right, left);
    }
    return nodes.grown();
  };
}

function mayGrow(task: Task, { maxDepth, minSamplesSplit, minSamplesLeaf }: GrowthLimits): boolean {
  return task.depth < maxDepth && task.end - task.start >= Math.max(minSamplesSplit, 2 * minSamplesLeaf);
}

function childTask({ depth, path }: Task, parent: number, start: number, end: number, isLeft: boolean): Task {
  return { start, end, depth: depth + 1, parent, isLeft, path: childPath(path, isLeft) };
}

/** Multiplying by an odd number spreads long ways over all 32 bits, where they are most likely different. */
function childPath(path: number, isLeft: boolean): number {
  return (Math.imul(path, 0x9e3779b1) + (isLeft ? 1 : 2)) >>> 0;
}
