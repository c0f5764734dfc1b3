import type { Tree } from '@scorecast/core';
import { distinctValues } from './binned-columns.js';
import { countUpTo } from './count-up-to.js';

/**
 * Finds leaves of few rows in small trees: the rows of a node are a set of bits, which a cut parts by the mask of the rows
 * at or below its threshold. A mask is made when a cut first asks for it, and kept.
 */
export function maskFinder(columns: readonly Float64Array[], rowCount: number) {
  const width = (rowCount + 31) >> 5;
  const masks = columns.map((values) => columnMasks(values, width));
  // The rows of each node, `width` words one after the other.
  let rows = new Int32Array(0);
  return ({ feature, threshold, left, right, missingLeft }: Tree, leaves: Int32Array): void => {
    if (rows.length < feature.length * width) rows = new Int32Array(2 * feature.length * width);
    rows.fill(-1, 0, width);
    if ((rowCount & 31) > 0) rows[width - 1] = (1 << (rowCount & 31)) - 1;
    // Hot: every node of every tree comes by once, children after their parent.
    for (let node = 0, start = 0; node < feature.length; node++, start += width) {
      const at = feature[node];
      if (at < 0) {
        for (let word = 0; word < width; word++) {
          for (let bits = rows[start + word]; bits !== 0; bits &= bits - 1) {
            leaves[(word << 5) + 31 - Math.clz32(bits & -bits)] = node;
          }
        }
        continue;
      }
      const mask = masks[at](threshold[node], missingLeft[node]);
      const toLeft = left[node] * width;
      const toRight = right[node] * width;
      for (let word = 0; word < width; word++) {
        const bits = rows[start + word];
        rows[toLeft + word] = bits & mask[word];
        rows[toRight + word] = bits & ~mask[word];
      }
    }
  };
}

/** The rows that go left at a threshold, for each place among the column's values where one can stand. */
function columnMasks(values: Float64Array, width: number): (threshold: number, missingLeft: number) => Int32Array {
  let ascending: Float64Array | undefined;
  const masks: (Int32Array | undefined)[] = [];
  return (threshold, missingLeft) => {
    ascending ??= distinctValues(values);
    const place = 2 * countUpTo(ascending, threshold) + missingLeft;
    return (masks[place] ??= maskOf(values, width, threshold, missingLeft));
  };
}

function maskOf(values: Float64Array, width: number, threshold: number, missingLeft: number): Int32Array {
  const mask = new Int32Array(width);
  values.forEach((value, row) => {
    if (value <= threshold || (Number.isNaN(value) && missingLeft === 1)) mask[row >> 5] |= 1 << (row & 31);
  });
  return mask;
}
