import type { Tree } from '@scorecast/core';
import { findBinCut, type BinCut, type CutLimits, type CutNode } from './find-bin-cut.js';
import type { Quantization } from './quantization.js';
import { HISTOGRAM_BYTES, MISSING_BIN } from './row-layout.js';
import { rowAddress, type RowStore } from './row-store.js';
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

/** Adds the rows from an address up to another one to the histograms at a third. */
export type FillHistograms = (rows: number, end: number, histograms: number) => void;

interface Node extends Leaf, CutNode {
  readonly depth: number;
}

/** A leaf that could be cut. */
interface OpenLeaf {
  readonly node: Node;
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
  const nodes = treeBuilder(2 * store.slotCount);
  const binCounts = thresholds.map((own) => own.length + 1);
  const leaves: Leaf[] = [];
  const open: OpenLeaf[] = [];

  const add = (parent: number, isLeft: boolean, { half, depth, start, end, sum }: Reached): Node => {
    const count = end - start;
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    const value = sum / quantization.scale / (count + limits.l2) + 0;
    return { id: nodes.add(parent, isLeft, value, count), half, depth, start, end, count, sum };
  };
  const mayGrow = ({ depth, count }: Node) => depth < limits.maxDepth && count >= 2 * limits.minSamplesLeaf;
  const consider = (node: Node, slot: number) => {
    const cut = mayGrow(node) ? findBinCut(store, slot, binCounts, node, limits, quantization) : undefined;
    if (cut === undefined) {
      slots.free(slot);
      leaves.push(node);
    } else {
      open.push({ node, slot, cut });
    }
  };
  const count = ({ half, start, end }: Leaf, slot: number) => {
    slots.clear(slot);
    fill(rowAddress(store, half, start), rowAddress(store, half, end), slots.address(slot));
  };

  const rootSlot = slots.take();
  count({ id: 0, half: 0, start: 0, end: store.rowCount }, rootSlot);
  const rootSum = totalOf(store, slots.address(rootSlot), quantization);
  consider(add(-1, false, { half: 0, depth: 0, start: 0, end: store.rowCount, sum: rootSum }), rootSlot);
  while (open.length > 0 && open.length + leaves.length < limits.maxLeafNodes) {
    const { node, slot, cut } = takeBest(open);
    divide(store, node, cut);
    const half = other(node.half);
    const depth = node.depth + 1;
    const middle = node.start + cut.leftCount;
    const limit = thresholds[cut.feature];
    const threshold = cut.bin < limit.length ? limit[cut.bin] : Number.MAX_VALUE;
    nodes.cut(node.id, cut.feature, threshold, cut.missingLeft ?? 2 * cut.leftCount > node.count);
    const left = add(node.id, true, { half, depth, start: node.start, end: middle, sum: cut.leftSum });
    const right = add(node.id, false, { half, depth, start: middle, end: node.end, sum: node.sum - cut.leftSum });
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
  return { tree: nodes.tree(), leaves: [...leaves, ...open.map(({ node }) => node)] };
}

/** Rows that have reached a node, before it is one. */
type Reached = Omit<Node, 'id' | 'count'>;

function other(half: 0 | 1): 0 | 1 {
  return half === 0 ? 1 : 0;
}

/** Copies the node's rows to the other half: those that go left to the front. */
function divide(store: RowStore, { half, start, end }: Leaf, cut: BinCut): void {
  const { sides, kernel } = store;
  sides.view.fill(0).fill(1, 0, cut.bin + 1);
  sides.view[MISSING_BIN] = cut.missingLeft === true ? 1 : 0;
  kernel.divide(
    rowAddress(store, half, start),
    rowAddress(store, half, end),
    cut.feature,
    sides.address,
    rowAddress(store, other(half), start),
    rowAddress(store, other(half), end - 1),
  );
}

/** Removes and returns the leaf with the best cut; of equally good ones that which was opened first. */
function takeBest(open: OpenLeaf[]): OpenLeaf {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i].cut.gain > open[best].cut.gain) best = i;
  const [leaf] = open.splice(best, 1);
  return leaf;
}

/** The sum of all gradients: that of the first feature's bins. */
function totalOf({ kernel, featureCount }: RowStore, address: number, { sumBits, offset }: Quantization): number {
  if (featureCount === 0) return 0;
  const total = BigInt.asUintN(64, kernel.total(address, address + HISTOGRAM_BYTES));
  return Number(BigInt.asUintN(sumBits, total)) - Number(total >> BigInt(sumBits)) * offset;
}

/** Places for histograms, given out and taken back. */
function histogramSlots({ histograms, histogramBytes, slotCount, kernel }: RowStore) {
  const unused = Array.from({ length: slotCount }, (_, slot) => slot);
  const address = (slot: number) => histograms.address + slot * histogramBytes;
  const wordCount = histogramBytes / 4;
  return {
    address,
    clear: (slot: number) => histograms.view.fill(0, slot * wordCount, (slot + 1) * wordCount),
    take: () => unused.pop() ?? 0,
    free: (slot: number) => void unused.push(slot),
    subtract: (slot: number, other: number) => {
      if (wordCount > 0) kernel.subtract(address(slot), address(slot + 1), address(other));
    },
  };
}
