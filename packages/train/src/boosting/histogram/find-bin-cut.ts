import type { Quantization } from './quantization.js';
import { HISTOGRAM_BYTES, MISSING_BIN } from './row-layout.js';
import type { RowStore } from './row-store.js';

/** A cut of a node: bins up to `bin` go left. */
export interface BinCut {
  /** How much lower the loss is, in the units of quantised gradients. */
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  /** Where missing values go; undefined when the node has none. */
  readonly missingLeft: boolean | undefined;
  readonly leftCount: number;
  readonly leftSum: number;
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
 * The cut that lowers the loss most: `SL^2 / (nL + l2) + SR^2 / (nR + l2) - S^2 / (n + l2)` being largest and above 0;
 * undefined when there is none. Of equally good cuts the first feature's wins, there missing values to the right, there
 * the lowest threshold.
 *
 * @param slot The number of the node's histograms.
 * @param binCounts For each feature how many bins hold values.
 */
export function findBinCut(
  { kernel, cut, histograms, histogramBytes }: RowStore,
  slot: number,
  binCounts: readonly number[],
  { count, sum }: CutNode,
  { minSamplesLeaf, l2 }: CutLimits,
  { sumBits, offset }: Quantization,
): BinCut | undefined {
  const before = (sum * sum) / (count + l2);
  cut.view[0] = before;
  let [best, bin] = [-1, 0];
  let bestMissing: boolean | undefined;
  for (let feature = 0; feature < binCounts.length; feature++) {
    const start = slot * histogramBytes + feature * HISTOGRAM_BYTES;
    const histogram = histograms.address + start;
    /** Looks for cuts after each of so many bins. */
    const scan = (bins: number, missingLeft: boolean | undefined) => {
      if (bins === 0) return;
      const end = histogram + 8 * bins;
      const missing = missingLeft === true ? 1 : 0;
      const found = kernel.scan(histogram, end, missing, count, sum, minSamplesLeaf, l2, sumBits, offset, cut.address);
      if (found === 0) return;
      best = feature;
      // Addresses beyond 2 GiB come back as negative numbers.
      bin = ((found - histogram) >>> 0) / 8;
      bestMissing = missingLeft;
    };
    // The upper half of a word is 0 only where no row was added.
    if (histograms.view[start / 4 + 2 * MISSING_BIN + 1] === 0) {
      scan(binCounts[feature] - 1, undefined);
    } else {
      // A cut after the last bin parts all values from no value.
      scan(binCounts[feature], false);
      scan(binCounts[feature] - 1, true);
    }
  }
  if (best === -1) return undefined;
  const { view } = cut;
  return { gain: view[0] - before, feature: best, bin, missingLeft: bestMissing, leftCount: view[1], leftSum: view[2] };
}
