import { featureDraw } from './draw-features.js';
import { drawSample, emptySample } from './sample.js';
import { histograms, type Histogram } from './histograms.js';
import type { FixedPoint } from './fixed-point.js';
import { openNode, type NodeRows } from './open-node.js';
import { cutFinder } from './cut-finder.js';
import { nodeList } from './node-list.js';
import { partitioner } from './partition.js';
import { childPath, ROOT_PATH } from './node-path.js';
import { nodeLoss } from './node-loss.js';
import type { GrownTree, GrowTree } from './grown-tree.js';
import type { GrowthLimits } from './growth-limits.js';
import type { TreeData } from './tree-data.js';

interface Task extends NodeRows {
  readonly depth: number;
  /** The node whose child this is, or -1. */
  readonly parent: number;
  readonly isLeft: boolean;
  readonly path: number;
  /** The fixed point of its rows' `sums`, and its histogram in that; undefined where there is none yet. */
  readonly fixedPoint: FixedPoint | undefined;
  histogram: Histogram | undefined;
}

/**
 * Grows regression trees by the criterion of the data, depth first, left before right. All trees share one work
 * space, their nodes too: a tree is overwritten by the next one.
 *
 * Limits only prune: the tree grown with a `maxDepth` or `minSamplesSplit` is the one grown without, cut off.
 */
export function plainGrower(data: TreeData, limits: GrowthLimits): GrowTree<GrownTree> {
  const sample = emptySample(data, limits.thresholds ?? 'best');
  const nodes = nodeList(2 * data.rowCount);
  const sides = partitioner(data, sample);
  const draw = featureDraw(data.values, limits.maxFeatures);
  const findCut = cutFinder(data, sample, limits);
  const bins = histograms(data.binned, sample);
  const isGrowing = (task: Task) => mayGrow(task, limits);
  const byNumber = Int32Array.from(data.values.keys());
  return (weights, random, priorities = byNumber) => {
    const size = drawSample(sample, data, weights);
    nodes.clear();
    // A list instead of recursion: a tree can be deeper than the call stack.
    const open: Task[] = [rootTask(size)];
    for (let task = open.pop(); task !== undefined; task = open.pop()) {
      const node = openNode(data, sample, task, task.fixedPoint);
      const id = nodes.add(task.parent, task.isLeft, {
        value: node.value,
        cover: node.weight,
        rowCount: task.end - task.start,
        loss: limits.keepsLosses === true ? nodeLoss(data, sample, node) : 0,
      });
      let { histogram } = task;
      const mayBeCut = !node.isConstant && isGrowing(task);
      if (node.fixedPoint !== task.fixedPoint) {
        if (histogram !== undefined) bins.release(histogram);
        histogram = mayBeCut ? bins.fill(task) : undefined;
      }
      if (!mayBeCut) continue;
      const cut = findCut(node, draw(sample.rows, task, random), { histogram, random, path: task.path, priorities });
      if (cut.feature < 0) {
        if (histogram !== undefined) bins.release(histogram);
        continue;
      }
      const middle = sides.partitionRows(task, cut);
      const missingLeft = cut.missingLeft ?? middle - task.start > task.end - middle;
      const set = missingLeft ? cut.levels?.right : cut.levels?.left;
      nodes.cut(id, cut.feature, { threshold: cut.threshold, missingLeft, set });
      const left = childTask(task, id, task.start, middle, true, node.fixedPoint);
      const right = childTask(task, id, middle, task.end, false, node.fixedPoint);
      // Sorted orders are only needed where another cut is looked for, or a median is taken.
      if (isGrowing(left) || isGrowing(right) || sample.byTarget !== undefined) sides.partitionOrders(task);
      if (histogram !== undefined) {
        const parts = bins.divide(histogram, left, right, isGrowing);
        left.histogram = parts.left;
        right.histogram = parts.right;
      }
      open.push(right, left);
    }
    return nodes.grown();
  };
}

function rootTask(end: number): Task {
  return {
    start: 0,
    end,
    depth: 0,
    parent: -1,
    isLeft: false,
    path: ROOT_PATH,
    fixedPoint: undefined,
    histogram: undefined,
  };
}

function mayGrow(task: Task, { maxDepth, minSamplesSplit, minSamplesLeaf }: GrowthLimits): boolean {
  return task.depth < maxDepth && task.end - task.start >= Math.max(minSamplesSplit, 2 * minSamplesLeaf);
}

function childTask(
  { depth, path }: Task,
  parent: number,
  start: number,
  end: number,
  isLeft: boolean,
  fixedPoint: FixedPoint | undefined,
): Task {
  return {
    start,
    end,
    depth: depth + 1,
    parent,
    isLeft,
    path: childPath(path, isLeft),
    fixedPoint,
    histogram: undefined,
  };
}
