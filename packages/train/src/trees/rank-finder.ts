import type { Tree } from '@scorecast/core';
import { distinctValues } from './binned-columns.js';
import { countUpTo } from './count-up-to.js';

/** The rank of a missing value that goes right. */
const ABOVE_ALL = 2 ** 30;

/** A node is four words: the place of its feature in a row, the last rank that goes left, and the two children. */
const NODE = 4;

/** Rows as ranks among the values of their columns, row by row. */
interface RankedRows {
  readonly ascending: readonly Float64Array[];
  readonly ranks: Int32Array;
  readonly width: number;
  /** Where each column stands in a row, by where its missing values go: `places[missingLeft][feature]`. */
  readonly places: readonly [Int32Array, Int32Array];
}

/**
 * Finds leaves by comparing ranks instead of values: a difference of whole numbers has a sign, by which a child is looked
 * up, so that no step has to be guessed. Four rows go down side by side.
 */
export function rankFinder(columns: readonly Float64Array[], rowCount: number) {
  let rows: RankedRows | undefined;
  let nodes = new Int32Array(0);
  return (tree: Tree, leaves: Int32Array): void => {
    rows ??= rankRows(columns, rowCount);
    if (nodes.length < NODE * tree.feature.length) nodes = new Int32Array(2 * NODE * tree.feature.length);
    packNodes(tree, rows, nodes);
    goDown(nodes, rows, rowCount, leaves);
  };
}

function packNodes(
  { feature, threshold, left, right, missingLeft }: Tree,
  { ascending, places }: RankedRows,
  nodes: Int32Array,
): void {
  for (let node = 0, at = 0; node < feature.length; node++, at += NODE) {
    const column = feature[node];
    if (column < 0) {
      // A leaf leads to itself.
      nodes[at] = nodes[at + 1] = 0;
      nodes[at + 2] = nodes[at + 3] = at;
      continue;
    }
    nodes[at] = places[missingLeft[node]][column];
    nodes[at + 1] = countUpTo(ascending[column], threshold[node]) - 1;
    nodes[at + 2] = left[node] * NODE;
    nodes[at + 3] = right[node] * NODE;
  }
}

/** Hot: every row comes by once per tree. */
function goDown(nodes: Int32Array, { ranks, width }: RankedRows, rowCount: number, leaves: Int32Array): void {
  for (let row = 0; row < rowCount; row += 4) {
    // In the last round the last row may go down more than once.
    const last = rowCount - 1;
    const one = row * width;
    const two = Math.min(row + 1, last) * width;
    const three = Math.min(row + 2, last) * width;
    const four = Math.min(row + 3, last) * width;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (;;) {
      const nextA = nodes[a + 2 + ((nodes[a + 1] - ranks[one + nodes[a]]) >>> 31)];
      const nextB = nodes[b + 2 + ((nodes[b + 1] - ranks[two + nodes[b]]) >>> 31)];
      const nextC = nodes[c + 2 + ((nodes[c + 1] - ranks[three + nodes[c]]) >>> 31)];
      const nextD = nodes[d + 2 + ((nodes[d + 1] - ranks[four + nodes[d]]) >>> 31)];
      if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    leaves[row] = a / NODE;
    if (row + 1 <= last) leaves[row + 1] = b / NODE;
    if (row + 2 <= last) leaves[row + 2] = c / NODE;
    if (row + 3 <= last) leaves[row + 3] = d / NODE;
  }
}

/** A column with gaps stands in the rows twice: its missing values below all others, and above them. */
function rankRows(columns: readonly Float64Array[], rowCount: number): RankedRows {
  const hasGaps = columns.map((values) => values.some(Number.isNaN));
  const above = Int32Array.from(columns.keys());
  let width = columns.length;
  const below = above.map((feature) => (hasGaps[feature] ? width++ : feature));
  const ascending = columns.map(distinctValues);
  const ranks = new Int32Array(rowCount * width);
  columns.forEach((values, feature) => {
    for (let row = 0; row < rowCount; row++) {
      const value = values[row];
      const rank = countUpTo(ascending[feature], value) - 1;
      ranks[row * width + below[feature]] = Number.isNaN(value) ? -1 : rank;
      ranks[row * width + above[feature]] = Number.isNaN(value) ? ABOVE_ALL : rank;
    }
  });
  return { ascending, ranks, width, places: [above, below] };
}
