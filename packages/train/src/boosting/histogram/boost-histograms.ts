import { takeValues, type Tree } from '@scorecast/core';
import type { KeyedRandom } from '../../keyed-random.js';
import type { Loss } from '../loss.js';
import { refuseDivergence } from '../refuse-divergence.js';
import { binThresholds } from './bin-thresholds.js';
import { growHistogramTree, type FillHistograms, type HistogramTreeLimits, type Leaf } from './grow-histogram-tree.js';
import { quantization, type Quantization } from './quantization.js';
import { rowAddress, rowStore, type RowStore } from './row-store.js';

/** How trees are added to each other. */
export interface HistogramBoosting {
  readonly loss: Loss;
  readonly stages: number;
  readonly learningRate: number;
  readonly maxBins: number;
  readonly limits: HistogramTreeLimits;
}

/** With more rows than this, bins are chosen from so many draws; as scikit-learn. */
const SAMPLE_ROWS = 200_000;

/** Boosts trees that are grown on binned features; the learning rate is in their values. */
export function boostHistograms(
  columns: readonly Float64Array[],
  targets: Float64Array,
  { loss, stages, learningRate, maxBins, limits }: HistogramBoosting,
  random: KeyedRandom,
): { readonly base: number; readonly trees: readonly Tree[] } {
  const sample = drawSample(targets.length, random);
  const thresholds = columns.map((column) =>
    binThresholds(sample === undefined ? column : takeValues(column, sample), maxBins),
  );
  const slotCount = Math.min(limits.maxLeafNodes, Math.floor(targets.length / limits.minSamplesLeaf)) + 1;
  const store = rowStore(columns, thresholds, targets.length, slotCount);
  const base = loss.base(targets);
  for (let row = 0; row < targets.length; row++) store.doubles[rowAddress(store, 0, row) / 8] = targets[row];
  let largest = takeStep(store, { half: 0, start: 0, end: targets.length }, base);
  const trees = Array.from({ length: stages }, () => {
    const integers = quantization(targets.length, loss.signs === undefined ? largest : 1);
    const { tree, leaves } = growHistogramTree({ store, thresholds, limits }, integers, filler(store, loss, integers));
    if (loss.leafValue !== undefined) setLeafValues(store, leaves, tree, loss.leafValue);
    const value = tree.value.map((step) => learningRate * step + 0);
    largest = 0;
    for (const leaf of leaves) largest = Math.max(largest, takeStep(store, leaf, value[leaf.id]));
    refuseDivergence('hist-gradient-boosting', largest);
    return { ...tree, value };
  });
  return { base, trees };
}

/** The rows that bins are chosen from; undefined for all. */
function drawSample(rowCount: number, random: KeyedRandom): Int32Array | undefined {
  if (rowCount <= SAMPLE_ROWS) return undefined;
  const rows = new Int32Array(SAMPLE_ROWS);
  for (let i = 0; i < SAMPLE_ROWS; i++) rows[i] = random.below(rowCount, i);
  return rows;
}

/** Residuals as they are, or one of two gradients for each: both are added up as integers. */
function filler({ kernel }: RowStore, { signs }: Loss, { scale, unit }: Quantization): FillHistograms {
  if (signs === undefined) {
    return (rows, end, histograms) => {
      kernel.addResiduals(rows, end, histograms, scale, unit);
    };
  }
  const quantized = (gradient: number) => unit + BigInt(Math.round(gradient * scale));
  const [below, above] = [quantized(signs.below), quantized(signs.above)];
  return (rows, end, histograms) => {
    kernel.addSigns(rows, end, histograms, below, above);
  };
}

function setLeafValues(
  store: RowStore,
  leaves: readonly Leaf[],
  tree: Tree,
  leafValue: (residuals: Float64Array) => number,
): void {
  for (const { id, half, start, end } of leaves) {
    const residuals = new Float64Array(end - start);
    for (let i = 0; i < residuals.length; i++) residuals[i] = store.doubles[rowAddress(store, half, start + i) / 8];
    tree.value[id] = leafValue(residuals);
  }
}

/** Subtracts the leaf's value from its residuals, brings its rows to the first half and returns the largest residual. */
function takeStep(store: RowStore, { half, start, end }: Omit<Leaf, 'id'>, value: number): number {
  const to = rowAddress(store, 0, start);
  return store.kernel.shift(rowAddress(store, half, start), rowAddress(store, half, end), to, value);
}
