import { isBetter } from './cut.js';
import type { CutSearch } from './cut-search.js';
import type { OrderedColumn } from './encode-columns.js';
import { midpoint, SMALLEST_GAP } from './midpoint.js';
import type { Sample } from './sample.js';
import { sumGain } from './sum-gain.js';

/** Tries the cuts of a column of many different values, by the sorted order of the node's rows. */
export function cutOrdered(search: CutSearch, column: OrderedColumn, order: Int32Array, sample: Sample): void {
  const { start, end } = search.node;
  const { values } = column;
  let present = end;
  while (present > start && Number.isNaN(values[order[present - 1]])) present--;
  if (present === end) {
    scan(search, column, order, sample, end, undefined);
  } else if (present > start) {
    scan(search, column, order, sample, present, false);
    cutMissing(search, column, order, sample, present);
    scan(search, column, order, sample, present, true);
  }
}

/** Tries the cuts between neighbouring values; the rows without a value stand from `present` on. */
function scan(
  search: CutSearch,
  { values, feature }: OrderedColumn,
  order: Int32Array,
  { weights, sums }: Sample,
  present: number,
  missingLeft: boolean | undefined,
): void {
  const { node, minRows } = search;
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
      offer(search, feature, low, high, missingLeft, leftWeight, leftSum);
    }
    low = high;
  }
}

/** Tries the cut of all values from no value. */
function cutMissing(
  search: CutSearch,
  { feature }: OrderedColumn,
  order: Int32Array,
  { weights, sums }: Sample,
  present: number,
): void {
  const { node, minRows } = search;
  if (present - node.start < minRows || node.end - present < minRows) return;
  let leftWeight = 0;
  let leftSum = 0;
  for (let i = node.start; i < present; i++) {
    leftWeight += weights[order[i]];
    leftSum += sums[order[i]];
  }
  offer(search, feature, Number.MAX_VALUE, Number.MAX_VALUE, false, leftWeight, leftSum);
}

/** Takes the cut between the values `low` and `high` when it is better than the best so far. */
function offer(
  { node, isPoisson, priorities, cut }: CutSearch,
  feature: number,
  low: number,
  high: number,
  missingLeft: boolean | undefined,
  leftWeight: number,
  rawSum: number,
): void {
  const leftSum = rawSum - leftWeight * node.middle;
  const gain = sumGain(isPoisson, leftWeight, leftSum, node.weight - leftWeight, node.sum - leftSum);
  if (!isBetter(gain, feature, cut, priorities)) return;
  cut.gain = gain;
  cut.feature = feature;
  cut.threshold = midpoint(low, high);
  cut.levels = undefined;
  cut.missingLeft = missingLeft;
}
