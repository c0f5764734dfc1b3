import { SMALLEST_GAP } from '../midpoint.js';
import { grownTree } from '../grown-arrays.js';
import type { GrownTree, GrowTree } from '../grown-tree.js';
import type { GrowthLimits } from '../growth-limits.js';
import type { TreeData } from '../tree-data.js';
import { cutTable } from './cut-table.js';
import { kernelAreas, type KernelAreas } from './kernel-areas.js';
import { fieldAddress, kernelFields, PLACE, TERM, type KernelField } from './kernel-fields.js';
import { kernelViews, type KernelViews } from './kernel-views.js';
import { holdMemory, treeKernel } from './tree-kernel.js';

/** More bins per row are not worth a kernel of their own. */
const MOST_PLACES = 64;

/** The kernel writes bins as 16-bit integers. */
const MOST_BINS = 65_536;

/** A thread keeps its memory as long as it lives. */
const MOST_BYTES = 2 ** 28;

/** Whether the kernel can grow trees of the data. */
export function suitsKernel(data: TreeData): boolean {
  const { binned, ordered, nominal, criterion } = data;
  const { width, binCount, hasMissing } = binned;
  const hasBins = ordered.length === 0 && width > 0 && width <= MOST_PLACES && binCount <= MOST_BINS;
  if (criterion !== 'squared_error' || !hasBins || hasMissing || nominal.size > 0) return false;
  return binned.ranked.every((column) => isApart(column.values)) && kernelAreas(data).bytes <= MOST_BYTES;
}

/** Grows trees in the kernel: the same ones as the grower in plain loops, bit for bit. */
export function kernelGrower(data: TreeData, limits: GrowthLimits): GrowTree<GrownTree> {
  const { binned, targets, values } = data;
  const areas = kernelAreas(data);
  const kernel = treeKernel(binned.width, limits.thresholds ?? 'best');
  const caller = {};
  const byNumber = Int32Array.from(values.keys());
  let memory: KernelViews | undefined;
  return (weights, random, priorities = byNumber) => {
    const buffer = holdMemory(caller, areas.bytes, (fresh) => {
      load(fresh, areas, data, limits);
    });
    if (memory?.buffer !== buffer) memory = kernelViews(buffer, areas, data);
    memory.weights.set(weights);
    memory.targets.set(targets);
    memory.priorities.set(priorities);
    memory.words[fieldAddress('seed') / 4] = random.seed;
    return grownTree(memory.nodes, kernel.grow());
  };
}

/** Whether all values can be told from their neighbours. */
function isApart(values: Float64Array): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1] + SMALLEST_GAP);
}

/** Writes what all trees of the data have in common. */
function load(buffer: ArrayBuffer, areas: KernelAreas, data: TreeData, limits: GrowthLimits): void {
  const { address, histogramCount, denseRows } = areas;
  const { rowCount, binned, values } = data;
  const { binCount, bins, width } = binned;
  const words = new Int32Array(buffer);
  const cuts = cutTable(binned);
  // Fields are 32-bit integers; no node has more rows than there are.
  const rowLimit = (count: number) => Math.min(count, rowCount + 1);
  const minGrow = rowLimit(Math.max(limits.minSamplesSplit, 2 * limits.minSamplesLeaf));
  const fields: Readonly<Record<KernelField, number>> = {
    ...address,
    rowCount,
    binCount,
    maxDepth: Math.min(limits.maxDepth, rowCount),
    minRows: rowLimit(limits.minSamplesLeaf),
    minGrow,
    // Random cuts are found without histograms.
    minDense: limits.thresholds === 'random' ? rowCount + 1 : Math.max(minGrow, denseRows),
    keepsLosses: limits.keepsLosses === true ? 1 : 0,
    featureCount: values.length,
    drawCount: limits.maxFeatures,
    seed: 0,
    lastPlace: address.places + PLACE.bytes * width,
    unused: address.unused + 4 * histogramCount,
    cutPlace: 0,
    cutLow: 0,
    cutHigh: 0,
    nobody: 0,
  };
  const set = (at: number, value: number) => {
    words[at / 4] = value;
  };
  for (const field of kernelFields) set(fieldAddress(field), fields[field]);
  words.fill(0, address.featurePlaces / 4, address.featureBins / 4);
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
    for (let bin = first; bin < first + own.length; bin++) {
      const feature = cuts.features[bin];
      if (feature < 0) continue;
      set(address.featurePlaces + 4 * feature, at);
      set(address.featureBins + 4 * feature, bin);
    }
  }
  words.set(cuts.features, address.features / 4);
  new Float64Array(buffer, address.lows, binCount).set(cuts.lows);
  new Float64Array(buffer, address.highs, binCount).set(cuts.highs);
  for (let i = 0; i < histogramCount; i++) set(address.unused + 4 * i, address.histograms + TERM.bytes * binCount * i);
  new Uint8Array(buffer, address.allowed, values.length).fill(1);
  // What counts and what is seen is empty between nodes.
  new Uint8Array(buffer, address.counts, address.unused - address.counts).fill(0);
  new Uint16Array(buffer, address.bins, bins.length).set(bins);
}
