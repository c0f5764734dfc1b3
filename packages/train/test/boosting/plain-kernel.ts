import { HISTOGRAM_BYTES, MISSING_BIN, type RowKernel } from '../../src/boosting/histogram/row-kernel.js';

/** What the kernel does, in plain loops: slow, because JavaScript's integers of 64 bits are objects. */
export function plainKernel(buffer: ArrayBuffer, featureCount: number, width: number): RowKernel {
  const doubles = new Float64Array(buffer);
  const words = new BigUint64Array(buffer);
  const bytes = new Uint8Array(buffer);

  const addTerms = (residuals: number, end: number, bins: number, histogram: number, term: (r: number) => bigint) => {
    for (let row = 0; row < (end - residuals) / 8; row++) {
      for (let feature = 0; feature < featureCount; feature++) {
        const bin = bytes[bins + row * width + feature];
        words[(histogram + feature * HISTOGRAM_BYTES) / 8 + bin] += term(doubles[residuals / 8 + row]);
      }
    }
  };

  return {
    bin: (values, end, thresholds, bins) => {
      const limits = doubles.subarray(thresholds / 8, thresholds / 8 + MISSING_BIN);
      doubles.subarray(values / 8, end / 8).forEach((value, row) => {
        const below = limits.filter((limit) => limit < value).length;
        bytes[bins + row * width] = Number.isNaN(value) ? MISSING_BIN : below;
      });
    },
    addResiduals: (residuals, end, bins, histogram, scale, unit) => {
      addTerms(residuals, end, bins, histogram, (r) => BigInt(Math.floor(r * scale + 0.5)) + unit);
    },
    addSigns: (residuals, end, bins, histogram, below, above) => {
      addTerms(residuals, end, bins, histogram, (r) => (r < 0 ? below : above));
    },
    subtract: (histogram, end, other) => {
      for (let at = 0; at < (end - histogram) / 8; at++) words[histogram / 8 + at] -= words[other / 8 + at];
    },
    divide: (residuals, end, bins, feature, sides, toResiduals, toBins, left, right) => {
      let [front, back] = [left, right];
      for (let row = 0; row < (end - residuals) / 8; row++) {
        const from = bins + row * width;
        const to = bytes[sides + bytes[from + feature]] === 1 ? front++ : back--;
        doubles[toResiduals / 8 + to] = doubles[residuals / 8 + row];
        bytes.copyWithin(toBins + to * width, from, from + width);
      }
    },
    shift: (residuals, end, value) => {
      const stretch = doubles.subarray(residuals / 8, end / 8);
      stretch.forEach((residual, row) => (stretch[row] = residual - value));
      return stretch.reduce((largest, residual) => Math.max(largest, Math.abs(residual)), 0);
    },
  };
}
