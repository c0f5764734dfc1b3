import { differentBits, type NeighbourRows } from './neighbour-rows.js';

/** Measured on mixed columns: from here on, looking up is at least twice as fast as measuring all rows. */
const PAYS = { rowCount: 4000, measured: 4, indicators: 6 };

/** Rows in a leaf: as many as are measured in the time that another cut would take. */
const LEAF_ROWS = 24;

/**
 * Training rows in a tree of boxes (a k-d tree): each node is a range of rows and the box around their measured values;
 * its children are the halves of the range, cut at the median of the widest side. Made from the rows, never stored.
 */
export interface NeighbourIndex {
  /** The rows, those of a node together. */
  readonly order: Int32Array;
  /** The measured values and the indicators of the rows in that order. */
  readonly values: Float64Array;
  readonly words: readonly Int32Array[];
  readonly root: IndexNode;
}

interface IndexNode {
  readonly start: number;
  readonly end: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly children?: readonly [IndexNode, IndexNode];
}

/** Whether an index is worth its making: with many rows and few columns, since in many dimensions all is far away. */
export function indexPays({ rowCount, measured, indicators }: NeighbourRows): boolean {
  const { length } = measured;
  return rowCount >= PAYS.rowCount && length >= 1 && length <= PAYS.measured && indicators.length <= PAYS.indicators;
}

/**
 * Makes the index.
 *
 * Source: J. H. Friedman, J. L. Bentley and R. A. Finkel, "An Algorithm for Finding Best Matches in Logarithmic Expected
 * Time", ACM Trans. Math. Softw. 3 (1977).
 */
export function neighbourIndex(rows: NeighbourRows): NeighbourIndex {
  const order = Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  const width = rows.measured.length;
  const root = makeNode(rows, order, 0, order.length);
  const values = new Float64Array(order.length * width);
  order.forEach((row, at) => values.set(rows.values.subarray(row * width, (row + 1) * width), at * width));
  return { order, values, words: rows.words.map((word) => Int32Array.from(order, (row) => word[row])), root };
}

function makeNode(rows: NeighbourRows, order: Int32Array, start: number, end: number): IndexNode {
  const width = rows.measured.length;
  const low = new Float64Array(width).fill(Infinity);
  const high = new Float64Array(width).fill(-Infinity);
  for (let at = start; at < end; at++) {
    for (let j = 0; j < width; j++) {
      const value = rows.values[order[at] * width + j];
      if (value < low[j]) low[j] = value;
      if (value > high[j]) high[j] = value;
    }
  }
  const sides = high.map((value, j) => value - low[j]);
  const widest = sides.indexOf(sides.reduce((a, b) => Math.max(a, b), 0));
  if (end - start <= LEAF_ROWS || !(sides[widest] > 0)) return { start, end, low, high };
  const middle = (start + end) >> 1;
  moveSmallerFirst(order, start, end, middle, (row) => rows.values[row * width + widest]);
  return {
    start,
    end,
    low,
    high,
    children: [makeNode(rows, order, start, middle), makeNode(rows, order, middle, end)],
  };
}

/** Reorders a range so that the keys before `middle` are no larger than those from there on (Hoare's selection). */
function moveSmallerFirst(
  order: Int32Array,
  start: number,
  end: number,
  middle: number,
  key: (row: number) => number,
): void {
  let first = start;
  let last = end - 1;
  while (first < last) {
    const pivot = key(order[(first + last) >> 1]);
    let i = first;
    let j = last;
    while (i <= j) {
      while (key(order[i]) < pivot) i++;
      while (key(order[j]) > pivot) j--;
      if (i > j) break;
      const moved = order[i];
      order[i++] = order[j];
      order[j--] = moved;
    }
    if (middle <= j) last = j;
    else if (middle >= i) first = i;
    else return;
  }
}

/**
 * Finds the nearest rows, as measuring all of them would: the same distances, bit for bit, and among equal ones the
 * earlier row. No row in a box is nearer than the box, in rounded numbers too, since each of its terms is at least the
 * box's and they are added in the same order; so boxes are left out only when they are further than the furthest found.
 *
 * @param point The query's measured values, none of them missing.
 * @param asked The query's indicators, as bits.
 * @param distances By row; filled for the rows that were measured.
 * @param nearest Filled, the nearest first.
 */
export function searchIndex(
  { order, values, words, root }: NeighbourIndex,
  p: 1 | 2,
  point: Float64Array,
  asked: Int32Array,
  distances: Float64Array,
  nearest: Int32Array,
): void {
  const width = point.length;
  const k = nearest.length;
  let filled = 0;
  let furthest = Infinity;

  const measureRow = (at: number) => {
    let distance = 0;
    for (let j = 0; j < width; j++) {
      const difference = point[j] - values[at * width + j];
      distance += p === 1 ? Math.abs(difference) : difference * difference;
    }
    for (let w = 0; w < asked.length; w++) distance += differentBits(words[w][at], asked[w]);
    return distance;
  };
  const isNearer = (distance: number, row: number, other: number) =>
    distance < distances[other] || (distance === distances[other] && row < other);
  const visitRows = (node: IndexNode) => {
    for (let at = node.start; at < node.end; at++) {
      const distance = measureRow(at);
      const row = order[at];
      if (filled === k && !isNearer(distance, row, nearest[k - 1])) continue;
      distances[row] = distance;
      let place = filled < k ? filled++ : k - 1;
      for (; place > 0 && isNearer(distance, row, nearest[place - 1]); place--) nearest[place] = nearest[place - 1];
      nearest[place] = row;
      if (filled === k) furthest = distances[nearest[k - 1]];
    }
  };
  const visit = (node: IndexNode) => {
    if (node.children === undefined) {
      visitRows(node);
      return;
    }
    const [one, other] = node.children;
    const toOne = distanceToBox(one, p, point);
    const toOther = distanceToBox(other, p, point);
    const isFirstNearer = toOne <= toOther;
    if (Math.min(toOne, toOther) <= furthest) visit(isFirstNearer ? one : other);
    if (Math.max(toOne, toOther) <= furthest) visit(isFirstNearer ? other : one);
  };
  visit(root);
}

function distanceToBox({ low, high }: IndexNode, p: 1 | 2, point: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < point.length; j++) {
    const value = point[j];
    if (value >= low[j] && value <= high[j]) continue;
    const difference = value < low[j] ? value - low[j] : value - high[j];
    sum += p === 1 ? Math.abs(difference) : difference * difference;
  }
  return sum;
}
