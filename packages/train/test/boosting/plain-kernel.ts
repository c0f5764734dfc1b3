import type { RowKernel } from '../../src/boosting/histogram/row-kernel.js';
import { BINS_OFFSET, HISTOGRAM_BYTES, MISSING_BIN, rowBytes } from '../../src/boosting/histogram/row-layout.js';

/** What the kernel does, in plain loops: slow, because JavaScript's integers of 64 bits are objects. */
export function plainKernel(buffer: ArrayBuffer, featureCount: number): RowKernel {
  const doubles = new Float64Array(buffer);
  const words = new BigUint64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const width = rowBytes(featureCount);

  const forRows = (rows: number, end: number, act: (row: number, residual: number) => void) => {
    for (let row = rows; row < end; row += width) act(row, doubles[row / 8]);
  };
  const addTerms = (rows: number, end: number, histogram: number, term: (residual: number) => bigint) => {
    forRows(rows, end, (row, residual) => {
      for (let feature = 0; feature < featureCount; feature++) {
        const bin = bytes[row + BINS_OFFSET + feature];
        words[(histogram + feature * HISTOGRAM_BYTES) / 8 + bin] += term(residual);
      }
    });
  };

  return {
    bin: (values, end, thresholds, bins) => {
      const limits = doubles.subarray(thresholds / 8, thresholds / 8 + MISSING_BIN);
      doubles.subarray(values / 8, end / 8).forEach((value, row) => {
        const below = limits.filter((limit) => limit < value).length;
        bytes[bins + row * width] = Number.isNaN(value) ? MISSING_BIN : below;
      });
    },
    addResiduals: (rows, end, histogram, scale, unit) => {
      addTerms(rows, end, histogram, (residual) => BigInt(roundHalfEven(residual * scale)) + unit);
    },
    addSigns: (rows, end, histogram, below, above) => {
      addTerms(rows, end, histogram, (residual) => (residual < 0 ? below : above));
    },
    subtract: (histogram, end, other) => {
      for (let at = 0; at < (end - histogram) / 8; at++) words[histogram / 8 + at] -= words[other / 8 + at];
    },
    total: (from, end) =>
      BigInt.asIntN(
        64,
        words.subarray(from / 8, end / 8).reduce((sum, word) => sum + word, 0n),
      ),
    scan: (histogram, end, missing, count, sum, minSamplesLeaf, l2, sumBits, offset, cut) => {
      let left = missing === 1 ? words[histogram / 8 + MISSING_BIN] : 0n;
      let found = 0;
      for (let at = histogram; at < end; at += 8) {
        left += words[at / 8];
        const leftCount = Number(left >> BigInt(sumBits));
        const leftSum = Number(BigInt.asUintN(sumBits, left)) - leftCount * offset;
        const [rightCount, rightSum] = [count - leftCount, sum - leftSum];
        if (leftCount < minSamplesLeaf || rightCount < minSamplesLeaf) continue;
        const [leftWeight, rightWeight] = [leftCount + l2, rightCount + l2];
        const weights = leftWeight * rightWeight;
        const scaledGain = leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight;
        const gain = scaledGain / weights;
        const best = doubles[cut / 8];
        if (!(scaledGain > best * weights && gain > best)) continue;
        doubles.set([gain, leftCount, leftSum], cut / 8);
        found = at;
      }
      return found;
    },
    divide: (rows, end, feature, sides, left, right) => {
      let [front, back] = [left, right];
      forRows(rows, end, (row) => {
        const goesLeft = bytes[sides + bytes[row + BINS_OFFSET + feature]] === 1;
        bytes.copyWithin(goesLeft ? front : back, row, row + width);
        if (goesLeft) front += width;
        else back -= width;
      });
    },
    shift: (rows, end, to, value) => {
      let largest = 0;
      forRows(rows, end, (row, residual) => {
        bytes.copyWithin(to + row - rows, row, row + width);
        doubles[(to + row - rows) / 8] = residual - value;
        largest = Math.max(largest, Math.abs(residual - value));
      });
      return largest;
    },
  };
}

/** The nearest integer, the even one of two. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const goesUp = rest === 0.5 ? floor % 2 !== 0 : rest > 0.5;
  return goesUp ? floor + 1 : floor;
}
