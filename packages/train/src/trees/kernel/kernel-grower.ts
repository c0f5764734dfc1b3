import { SMALLEST_GAP, midpoint } from '../midpoint.js';
import type { BinnedColumns } from '../binned-columns.js';
import type { GrownTree, GrowTree } from '../grown-tree.js';
import type { GrowthLimits } from '../growth-limits.js';
import { nodeList, type NodeList } from '../node-list.js';
import type { TreeData } from '../tree-data.js';
import { kernelAreas, type KernelAreas } from './kernel-areas.js';
import { fieldAddress, kernelFields, NODE, PLACE, TERM, type KernelField } from './kernel-fields.js';
import { holdMemory, treeKernel } from './tree-kernel.js';

/** More bins per row are not worth a kernel of their own. */
const MOST_PLACES = 64;

/** The kernel writes bins as 16-bit integers. */
const MOST_BINS = 65_536;

/** A thread keeps its memory as long as it lives. */
const MOST_BYTES = 2 ** 28;

/** Whether the kernel can grow trees of the data within the limits. */
export function suitsKernel(data: TreeData, limits: GrowthLimits): boolean {
  const { binned, ordered, nominal, criterion, values } = data;
  const { width, binCount, hasMissing } = binned;
  const hasSums = criterion === 'squared_error' && limits.thresholds !== 'random';
  const hasBins = ordered.length === 0 && width > 0 && width <= MOST_PLACES && binCount <= MOST_BINS;
  if (!hasSums || !hasBins || hasMissing || nominal.size > 0 || limits.maxFeatures < values.length) return false;
  return binned.ranked.every((column) => isApart(column.values)) && kernelAreas(data).bytes <= MOST_BYTES;
}

/** Grows trees in the kernel: the same ones as the grower in plain loops, bit for bit. */
export function kernelGrower(data: TreeData, limits: GrowthLimits): GrowTree<GrownTree> {
  const { binned, rowCount, targets } = data;
  const areas = kernelAreas(data);
  const kernel = treeKernel(binned.width);
  const nodes = nodeList(2 * rowCount);
  const cuts = cutTable(binned);
  let memory = viewsOf(new ArrayBuffer(areas.bytes), areas, rowCount);
  const caller = {};
  return (weights) => {
    holdMemory(caller, areas.bytes, (buffer) => {
      memory = viewsOf(buffer, areas, rowCount);
      load(buffer, areas, data, limits, cuts);
    });
    memory.weights.set(weights);
    memory.targets.set(targets);
    readNodes(nodes, memory, areas.address.nodes, kernel.grow(), cuts);
    return nodes.grown();
  };
}

/** Whether all values can be told from their neighbours. */
function isApart(values: Float64Array): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1] + SMALLEST_GAP);
}

/** What is written and read for each tree. */
interface KernelViews {
  readonly weights: Float64Array;
  readonly targets: Float64Array;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

function viewsOf(buffer: ArrayBuffer, { address, bytes }: KernelAreas, rowCount: number): KernelViews {
  return {
    weights: new Float64Array(buffer, address.weights, rowCount),
    targets: new Float64Array(buffer, address.targets, rowCount),
    words: new Int32Array(buffer, 0, bytes / 4),
    doubles: new Float64Array(buffer, 0, bytes / 8),
  };
}

/** Writes what all trees of the data have in common. */
function load(buffer: ArrayBuffer, areas: KernelAreas, data: TreeData, limits: GrowthLimits, cuts: CutTable): void {
  const { address, histogramCount, denseRows } = areas;
  const { rowCount, binned, values } = data;
  const { binCount, bins, width } = binned;
  const words = new Int32Array(buffer);
  const minGrow = Math.max(limits.minSamplesSplit, 2 * limits.minSamplesLeaf);
  const fields: Readonly<Record<KernelField, number>> = {
    ...address,
    rowCount,
    binCount,
    maxDepth: Math.min(limits.maxDepth, rowCount),
    minRows: limits.minSamplesLeaf,
    minGrow,
    minDense: Math.max(minGrow, denseRows),
    keepsLosses: limits.keepsLosses === true ? 1 : 0,
    lastPlace: address.places + PLACE.bytes * width,
    unused: address.unused + 4 * histogramCount,
    cutPlace: 0,
    cutLow: 0,
    cutHigh: 0,
  };
  const set = (at: number, value: number) => {
    words[at / 4] = value;
  };
  for (const field of kernelFields) set(fieldAddress(field), fields[field]);
  const ranked = binned.ranked.map((column) => ({ ...column, isRanked: 1 }));
  const digits = binned.digits.map((column) => ({ ...column, isRanked: 0 }));
  for (const { place, first, values: own, isRanked } of [...ranked, ...digits]) {
    const at = address.places + PLACE.bytes * place;
    set(at + PLACE.first, first);
    set(at + PLACE.end, first + own.length);
    set(at + PLACE.isRanked, isRanked);
    set(at + PLACE.words, Math.ceil(own.length / 64));
    set(at + PLACE.offset, 2 * place);
    set(at + PLACE.isOpen, 1);
  }
  words.set(cuts.features, address.features / 4);
  for (let i = 0; i < histogramCount; i++) set(address.unused + 4 * i, address.histograms + TERM.bytes * binCount * i);
  new Uint8Array(buffer, address.allowed, values.length).fill(1);
  // What counts and what is seen is empty between nodes.
  new Uint8Array(buffer, address.counts, address.unused - address.counts).fill(0);
  new Uint16Array(buffer, address.bins, bins.length).set(bins);
}

/** Of each bin the feature, and its value as the lower and as the higher one of a cut. */
interface CutTable {
  readonly features: Int32Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

function cutTable({ ranked, digits, binCount }: BinnedColumns): CutTable {
  const table = {
    features: new Int32Array(binCount),
    lows: new Float64Array(binCount),
    highs: new Float64Array(binCount),
  };
  for (const { first, values, feature } of ranked) {
    table.features.fill(feature, first, first + values.length);
    table.lows.set(values, first);
    table.highs.set(values, first);
  }
  for (const { first, features, lows, highs } of digits) {
    table.features.set(features, first);
    table.lows.set(lows, first);
    table.highs.set(highs, first);
  }
  return table;
}

/** Reads the nodes that the kernel wrote. Hot: every node of every tree comes by once. */
function readNodes(
  nodes: NodeList,
  { words, doubles }: KernelViews,
  start: number,
  count: number,
  { features, lows, highs }: CutTable,
): void {
  nodes.clear();
  for (let node = 0, at = start; node < count; node++, at += NODE.bytes) {
    const link = words[(at + NODE.link) >> 2];
    const id = nodes.add(link >> 1, (link & 1) === 0, {
      value: doubles[(at + NODE.value) >> 3],
      cover: doubles[(at + NODE.cover) >> 3],
      rowCount: words[(at + NODE.rowCount) >> 2],
      loss: doubles[(at + NODE.loss) >> 3],
    });
    const high = words[(at + NODE.high) >> 2];
    if (high < 0) continue;
    // The left child follows its parent.
    const leftRows = words[(at + NODE.bytes + NODE.rowCount) >> 2];
    const hasMoreLeft = 2 * leftRows > words[(at + NODE.rowCount) >> 2];
    const threshold = midpoint(lows[words[(at + NODE.low) >> 2]], highs[high]);
    nodes.cut(id, features[high], { threshold, missingLeft: hasMoreLeft, set: undefined });
  }
}
