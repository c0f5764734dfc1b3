import type { Tree } from '@scorecast/core';
import { findBinCut, type BinCut, type CutLimits, type CutNode } from './find-bin-cut.js';
import type { Quantization } from './quantization.js';
import { HISTOGRAM_BYTES, MISSING_BIN } from './row-kernel.js';
import type { Half, RowStore } from './row-store.js';
import { treeBuilder } from './tree-builder.js';

/** What stops a tree from growing. */
export interface HistogramTreeLimits extends CutLimits {
  readonly maxLeafNodes: number;
  readonly maxDepth: number;
}

/** Rows that have reached a leaf: a stretch of one half of the store. */
export interface Leaf {
  /** The node's index. */
  readonly id: number;
  readonly half: 0 | 1;
  readonly start: number;
  readonly end: number;
}

/** What all trees of an ensemble grow from. */
export interface HistogramTask {
  readonly store: RowStore;
  /** For each feature the limits between its bins. */
  readonly thresholds: readonly Float64Array[];
  readonly limits: HistogramTreeLimits;
}

/** Adds the rows from `start` to `end` of a half to the histograms at an address. */
export type FillHistograms = (half: Half, start: number, end: number, address: number) => void;

interface Node extends Leaf, CutNode {
  readonly depth: number;
}

interface OpenNode extends Node {
  /** Which histograms are its own. */
  readonly slot: number;
  readonly cut: BinCut;
}

/**
 * Grows one tree, always cutting the leaf whose cut lowers the loss most. Only the smaller of two children adds up its
 * histograms; what is left of their parent's are those of the other one.
 *
 * @returns The tree, its values in the unit of gradients, and where the rows of its leaves lie now.
 */
export function growHistogramTree(
  { store, thresholds, limits }: HistogramTask,
  quantization: Quantization,
  fill: FillHistograms,
): { readonly tree: Tree; readonly leaves: readonly Leaf[] } {
  const slots = histogramSlots(store);
  const nodes = treeBuilder();
  const binCounts = thresholds.map((own) => own.length + 1);
  const leaves: Leaf[] = [];
  const open: OpenNode[] = [];

  const add = (parent: number, isLeft: boolean, node: Omit<Node, 'id'>): Node => {
    const value = node.sum / quantization.scale / (node.count + limits.l2);
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    return { ...node, id: nodes.add(parent, isLeft, value + 0, node.count) };
  };
  const mayGrow = ({ depth, count }: Node) => depth < limits.maxDepth && count >= 2 * limits.minSamplesLeaf;
  const consider = (node: Node, slot: number) => {
    const cut = mayGrow(node) ? findBinCut(slots.words(slot), binCounts, node, limits, quantization) : undefined;
    if (cut !== undefined && cut.feature >= 0) {
      open.push({ ...node, slot, cut });
    } else {
      slots.free(slot);
      leaves.push(node);
    }
  };
  const count = (node: Leaf, slot: number) => {
    slots.words(slot).fill(0);
    fill(store.halves[node.half], node.start, node.end, slots.address(slot));
  };

  const all = { id: 0, half: 0, start: 0, end: store.rowCount } as const;
  const rootSlot = slots.take();
  count(all, rootSlot);
  const rootSum = sumOf(slots.words(rootSlot), quantization);
  consider(add(-1, false, { ...all, depth: 0, count: store.rowCount, sum: rootSum }), rootSlot);
  while (open.length > 0 && open.length + leaves.length < limits.maxLeafNodes) {
    const node = takeBest(open);
    const { cut, slot } = node;
    divide(store, node);
    const rest = { half: node.half === 0 ? 1 : 0, depth: node.depth + 1 } as const;
    const middle = node.start + cut.leftCount;
    const rightCount = node.count - cut.leftCount;
    const limit = thresholds[cut.feature];
    const threshold = cut.bin < limit.length ? limit[cut.bin] : Number.MAX_VALUE;
    nodes.cut(node.id, cut.feature, threshold, cut.missingLeft ?? cut.leftCount > rightCount);
    const left = add(node.id, true, {
      ...rest,
      start: node.start,
      end: middle,
      count: cut.leftCount,
      sum: cut.leftSum,
    });
    const rightSum = node.sum - cut.leftSum;
    const right = add(node.id, false, { ...rest, start: middle, end: node.end, count: rightCount, sum: rightSum });
    const isLast = open.length + leaves.length + 2 >= limits.maxLeafNodes;
    if (isLast || !(mayGrow(left) || mayGrow(right))) {
      slots.free(slot);
      leaves.push(left, right);
    } else {
      const [small, large] = left.count <= right.count ? [left, right] : [right, left];
      const smallSlot = slots.take();
      count(small, smallSlot);
      slots.subtract(slot, smallSlot);
      consider(small, smallSlot);
      consider(large, slot);
    }
  }
  return { tree: nodes.tree(), leaves: [...leaves, ...open] };
}

/** Copies the node's rows to the other half: those that go left to the front. */
function divide({ halves, sides, kernel }: RowStore, { half, start, end, cut }: OpenNode): void {
  sides.view.fill(0).fill(1, 0, cut.bin + 1);
  sides.view[MISSING_BIN] = cut.missingLeft === true ? 1 : 0;
  const from = halves[half];
  const to = halves[half === 0 ? 1 : 0];
  kernel.divide(
    from.residuals.address + 8 * start,
    from.residuals.address + 8 * end,
    from.bins.address + from.width * start,
    cut.feature,
    sides.address,
    to.residuals.address,
    to.bins.address,
    start,
    end - 1,
  );
}

/** Removes and returns the node with the best cut; of equally good ones that which was opened first. */
function takeBest(open: OpenNode[]): OpenNode {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i].cut.gain > open[best].cut.gain) best = i;
  const [node] = open.splice(best, 1);
  return node;
}

/** The sum of all gradients: that of the first feature's bins. */
function sumOf(words: Uint32Array, { sum }: Quantization): number {
  let total = 0;
  for (let at = 0; at < Math.min(words.length, HISTOGRAM_BYTES / 4); at += 2) total += sum(words[at], words[at + 1]);
  return total;
}

/** Places for histograms, given out and taken back. */
function histogramSlots({ histograms, histogramBytes, slotCount, kernel }: RowStore) {
  const unused = Array.from({ length: slotCount }, (_, slot) => slot);
  const address = (slot: number) => histograms.address + slot * histogramBytes;
  const wordCount = histogramBytes / 4;
  return {
    address,
    words: (slot: number) => histograms.view.subarray(slot * wordCount, (slot + 1) * wordCount),
    take: () => unused.pop() ?? 0,
    free: (slot: number) => void unused.push(slot),
    subtract: (slot: number, other: number) => {
      if (wordCount > 0) kernel.subtract(address(slot), address(slot + 1), address(other));
    },
  };
}
