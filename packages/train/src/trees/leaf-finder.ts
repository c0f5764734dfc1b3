import { leafOf, numericColumns, type Table, type Tree } from '@scorecast/core';

/** Writes the leaf that each row ends in. */
export type FindLeaves = (tree: Tree, leaves: Int32Array) => void;

/** Up to here all rows of a node fit into a few words, and the masks of a column into little memory. */
const MASKED_ROWS = 2048;

/** Whether a table has so few rows that their leaves are found all at once. */
export function findsByMasks({ rowCount }: Table): boolean {
  return rowCount <= MASKED_ROWS;
}

/** Made once per table: the fits of a fold send the same rows down their trees. */
const finders = new WeakMap<Table, FindLeaves>();

/**
 * Finds leaves of a table's rows for one tree after another.
 *
 * The rows of a node are a set of bits: a cut parts them by the mask of the rows at or below its threshold, which is made
 * when a cut first asks for it and kept. With thousands of rows each goes down by itself.
 */
export function leafFinder(source: Table): FindLeaves {
  const known = finders.get(source);
  if (known !== undefined) return known;
  const columns = numericColumns(source).map(({ values }) => values);
  const oneByOne: FindLeaves = (tree, leaves) => {
    for (let row = 0; row < source.rowCount; row++) leaves[row] = leafOf(tree, columns, row);
  };
  const byMasks = maskFinder(columns, source.rowCount);
  const finder: FindLeaves = (tree, leaves) => {
    if (findsByMasks(source) && tree.sets === undefined) byMasks(tree, leaves);
    else oneByOne(tree, leaves);
  };
  finders.set(source, finder);
  return finder;
}

function maskFinder(columns: readonly Float64Array[], rowCount: number): FindLeaves {
  const width = (rowCount + 31) >> 5;
  const masks = columns.map((values) => columnMasks(values, width));
  // The rows of each node, `width` words one after the other.
  let rows = new Int32Array(0);
  return ({ feature, threshold, left, right, missingLeft }, leaves) => {
    if (rows.length < feature.length * width) rows = new Int32Array(2 * feature.length * width);
    for (let row = 0; row < width << 5; row += 32)
      rows[row >> 5] = rowCount - row < 32 ? (1 << (rowCount - row)) - 1 : -1;
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
  // Missing values are sorted last, and no threshold is above them.
  const ascending = Float64Array.from(new Set(values)).sort();
  const masks: (Int32Array | undefined)[] = [];
  return (threshold, missingLeft) => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle] <= threshold) low = middle + 1;
      else high = middle;
    }
    return (masks[2 * low + missingLeft] ??= maskOf(values, width, threshold, missingLeft));
  };
}

function maskOf(values: Float64Array, width: number, threshold: number, missingLeft: number): Int32Array {
  const mask = new Int32Array(width);
  values.forEach((value, row) => {
    if (value <= threshold || (Number.isNaN(value) && missingLeft === 1)) mask[row >> 5] |= 1 << (row & 31);
  });
  return mask;
}
