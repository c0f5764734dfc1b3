import type { Indicators } from './indicators.js';
import { midpoint, SMALLEST_GAP } from './midpoint.js';
import type { Sample } from './sample.js';
import type { OrderedColumn, TreeData } from './tree-data.js';

/** A node before it is cut. */
export interface OpenNode {
  readonly start: number;
  readonly end: number;
  /** The sum of the rows' weights. */
  readonly weight: number;
  /** The sum of the rows' `sums`. */
  readonly sum: number;
}

/** The best cut found so far; `feature` is -1 while there is none. */
export interface Cut {
  gain: number;
  feature: number;
  threshold: number;
  /** Where missing values go; undefined when the node has none. */
  missingLeft: boolean | undefined;
  leftWeight: number;
  leftSum: number;
}

/** What stays the same during the search of one node. */
interface Search {
  readonly sample: Sample;
  readonly node: OpenNode;
  readonly minRows: number;
  readonly cut: Cut;
}

/**
 * The cut that lowers the squared error most, `SL^2 / WL + SR^2 / WR` being largest, with at least `minRows` rows on
 * either side. Of equally good cuts the one of the first feature wins, there missing values to the right before
 * missing values to the left, there the lowest threshold.
 *
 * @param allowed 1 for each feature that may be cut.
 */
export function findCut(data: TreeData, sample: Sample, node: OpenNode, allowed: Uint8Array, minRows: number): Cut {
  const cut = { gain: -Infinity, feature: -1, threshold: 0, missingLeft: undefined, leftWeight: 0, leftSum: 0 };
  const search = { sample, node, minRows, cut };
  data.ordered.forEach((column, i) => {
    if (allowed[column.feature] === 1) cutOrdered(search, column, sample.orders[i]);
  });
  cutIndicators(search, data.indicators, allowed);
  return cut;
}

function cutOrdered(search: Search, column: OrderedColumn, order: Int32Array): void {
  const { start, end } = search.node;
  const { values } = column;
  let present = end;
  while (present > start && Number.isNaN(values[order[present - 1]])) present--;
  if (present === end) {
    scan(search, column, order, end, undefined);
  } else if (present > start) {
    scan(search, column, order, present, false);
    cutMissing(search, column, order, present);
    scan(search, column, order, present, true);
  }
}

/** Tries the cuts between neighbouring values; the rows without a value stand from `present` on. */
function scan(
  { sample: { weights, sums }, node, minRows, cut }: Search,
  { values, feature }: OrderedColumn,
  order: Int32Array,
  present: number,
  missingLeft: boolean | undefined,
): void {
  let low = values[order[node.start]];
  if (values[order[present - 1]] <= low + SMALLEST_GAP) return;
  let leftWeight = 0;
  let leftSum = 0;
  for (let i = missingLeft === true ? present : node.end; i < node.end; i++) {
    leftWeight += weights[order[i]];
    leftSum += sums[order[i]];
  }
  const first = node.start + minRows - 1 - (missingLeft === true ? node.end - present : 0);
  const last = (missingLeft === true ? present : node.end) - minRows - 1;
  // Hot: every row of every node comes by once per column.
  for (let i = node.start; i < present - 1; i++) {
    const row = order[i];
    leftWeight += weights[row];
    leftSum += sums[row];
    const high = values[order[i + 1]];
    if (high > low + SMALLEST_GAP && i >= first && i <= last) {
      const rightSum = node.sum - leftSum;
      const gain = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (node.weight - leftWeight);
      if (gain > cut.gain || (gain === cut.gain && feature < cut.feature)) {
        take(cut, gain, feature, midpoint(low, high), missingLeft, leftWeight, leftSum);
      }
    }
    low = high;
  }
}

/** Tries the cut of all values from no value. */
function cutMissing(
  { sample: { weights, sums }, node, minRows, cut }: Search,
  { feature }: OrderedColumn,
  order: Int32Array,
  present: number,
): void {
  if (present - node.start < minRows || node.end - present < minRows) return;
  let rightWeight = 0;
  let rightSum = 0;
  for (let i = present; i < node.end; i++) {
    rightWeight += weights[order[i]];
    rightSum += sums[order[i]];
  }
  const leftWeight = node.weight - rightWeight;
  const leftSum = node.sum - rightSum;
  const gain = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
  if (gain > cut.gain || (gain === cut.gain && feature < cut.feature)) {
    take(cut, gain, feature, Number.MAX_VALUE, false, leftWeight, leftSum);
  }
}

/** Tries all indicators after one pass over the node's rows. */
function cutIndicators(
  { sample: { weights, sums, rows, high }, node, minRows, cut }: Search,
  { features, thresholds, width, digits }: Indicators,
  allowed: Uint8Array,
): void {
  for (let j = 0; j <= features.length; j++) {
    high.rows[j] = 0;
    high.weights[j] = 0;
    high.sums[j] = 0;
  }
  // Hot: every row of every node comes by once.
  for (let i = node.start; i < node.end; i++) {
    const row = rows[i];
    const weight = weights[row];
    const sum = sums[row];
    for (let at = row * width; at < (row + 1) * width; at++) {
      const digit = digits[at];
      high.rows[digit]++;
      high.weights[digit] += weight;
      high.sums[digit] += sum;
    }
  }
  for (let j = 0; j < features.length; j++) {
    const feature = features[j];
    const rightRows = high.rows[j + 1];
    if (allowed[feature] === 0 || rightRows < minRows || node.end - node.start - rightRows < minRows) continue;
    const rightWeight = high.weights[j + 1];
    const rightSum = high.sums[j + 1];
    const leftWeight = node.weight - rightWeight;
    const leftSum = node.sum - rightSum;
    const gain = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
    if (gain > cut.gain || (gain === cut.gain && feature < cut.feature)) {
      take(cut, gain, feature, thresholds[j], undefined, leftWeight, leftSum);
    }
  }
}

function take(
  cut: Cut,
  gain: number,
  feature: number,
  threshold: number,
  missingLeft: boolean | undefined,
  leftWeight: number,
  leftSum: number,
): void {
  cut.gain = gain;
  cut.feature = feature;
  cut.threshold = threshold;
  cut.missingLeft = missingLeft;
  cut.leftWeight = leftWeight;
  cut.leftSum = leftSum;
}
