import { HISTOGRAM_BYTES, MISSING_BIN } from './row-kernel.js';
import type { Quantization } from './quantization.js';

/** A cut of a node: bins up to `bin` go left. */
export interface BinCut {
  /** How much lower the loss is, in the units of quantised gradients. */
  gain: number;
  /** -1 while there is none. */
  feature: number;
  bin: number;
  /** Where missing values go; undefined when the node has none. */
  missingLeft: boolean | undefined;
  leftCount: number;
  leftSum: number;
}

/** What a cut is looked for in. */
export interface CutNode {
  readonly count: number;
  /** The sum of the rows' quantised gradients. */
  readonly sum: number;
}

/** What a cut has to keep to. */
export interface CutLimits {
  readonly minSamplesLeaf: number;
  readonly l2: number;
}

/**
 * The cut that lowers the loss most: `SL^2 / (nL + l2) + SR^2 / (nR + l2) - S^2 / (n + l2)` being largest and above 0.
 * Of equally good cuts the first feature's wins, there missing values to the right, there the lowest threshold.
 *
 * @param words The node's histograms.
 * @param binCounts For each feature how many bins hold values.
 */
export function findBinCut(
  words: Uint32Array,
  binCounts: readonly number[],
  node: CutNode,
  limits: CutLimits,
  quantization: Quantization,
): BinCut {
  const before = (node.sum * node.sum) / (node.count + limits.l2);
  const cut: BinCut = {
    gain: before,
    feature: -1,
    bin: 0,
    missingLeft: undefined,
    leftCount: 0,
    leftSum: 0,
  };
  binCounts.forEach((binCount, feature) => {
    const start = (feature * HISTOGRAM_BYTES) / 4;
    const missing = start + 2 * MISSING_BIN;
    const missingCount = quantization.count(words[missing + 1]);
    const missingSum = quantization.sum(words[missing], words[missing + 1]);
    const search = { words, start, node, limits, quantization, cut, feature };
    if (missingCount === 0) {
      scan(search, binCount - 2, 0, 0, undefined);
    } else {
      // A cut after the last bin parts all values from no value.
      scan(search, binCount - 1, 0, 0, false);
      scan(search, binCount - 2, missingCount, missingSum, true);
    }
  });
  cut.gain -= before;
  return cut;
}

interface Search {
  readonly words: Uint32Array;
  readonly start: number;
  readonly node: CutNode;
  readonly limits: CutLimits;
  readonly quantization: Quantization;
  readonly cut: BinCut;
  readonly feature: number;
}

/** Hot: every bin of every node comes by once. */
function scan(
  search: Search,
  lastBin: number,
  missingCount: number,
  missingSum: number,
  missingLeft: boolean | undefined,
): void {
  const { words, start, node, cut, feature } = search;
  const { minSamplesLeaf, l2 } = search.limits;
  const { shift, mask, offset } = search.quantization;
  let leftCount = missingCount;
  let leftSum = missingSum;
  for (let bin = 0; bin <= lastBin; bin++) {
    const high = words[start + 2 * bin + 1];
    const count = high >>> shift;
    if (count === 0) continue;
    leftCount += count;
    leftSum += (high & mask) * 4294967296 + words[start + 2 * bin] - count * offset;
    if (leftCount < minSamplesLeaf) continue;
    const rightCount = node.count - leftCount;
    if (rightCount < minSamplesLeaf) return;
    const rightSum = node.sum - leftSum;
    const leftWeight = leftCount + l2;
    const rightWeight = rightCount + l2;
    // Divisions are slow: only what seems better is divided.
    const scaledGain = leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight;
    if (!(scaledGain > cut.gain * (leftWeight * rightWeight))) continue;
    const gain = scaledGain / (leftWeight * rightWeight);
    if (gain > cut.gain) {
      cut.gain = gain;
      cut.feature = feature;
      cut.bin = bin;
      cut.missingLeft = missingLeft;
      cut.leftCount = leftCount;
      cut.leftSum = leftSum;
    }
  }
}
