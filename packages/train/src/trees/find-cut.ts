import { countIndicators } from './count-indicators.js';
import { isBetter, noCut, type Cut } from './cut.js';
import type { Indicators } from './indicators.js';
import { midpoint, SMALLEST_GAP } from './midpoint.js';
import { sumGain } from './sum-gain.js';
import type { OpenNode } from './open-node.js';
import type { Sample } from './sample.js';
import type { OrderedColumn, TreeData } from './tree-data.js';

/** What stays the same during the search of one node. */
interface Search {
  readonly sample: Sample;
  readonly node: OpenNode;
  readonly minRows: number;
  readonly isPoisson: boolean;
  readonly cut: Cut;
}

/**
 * The cut that lowers the squared error most, `SL^2 / WL + SR^2 / WR` being largest, or the Poisson deviance,
 * `SL log(SL / WL) + SR log(SR / WR)` being largest, with at least `minRows` rows on either side. Of equally good cuts the one of the first feature wins, there missing values to the right before
 * missing values to the left, there the lowest threshold.
 *
 * @param allowed 1 for each feature that may be cut.
 */
export function findCut(data: TreeData, sample: Sample, node: OpenNode, allowed: Uint8Array, minRows: number): Cut {
  const cut = noCut();
  const search = { sample, node, minRows, isPoisson: data.criterion === 'poisson', cut };
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
  search: Search,
  { values, feature }: OrderedColumn,
  order: Int32Array,
  present: number,
  missingLeft: boolean | undefined,
): void {
  const { node, minRows } = search;
  const { weights, sums } = search.sample;
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
function cutMissing(search: Search, { feature }: OrderedColumn, order: Int32Array, present: number): void {
  const { node, minRows } = search;
  const { weights, sums } = search.sample;
  if (present - node.start < minRows || node.end - present < minRows) return;
  let rightWeight = 0;
  let rightSum = 0;
  for (let i = present; i < node.end; i++) {
    rightWeight += weights[order[i]];
    rightSum += sums[order[i]];
  }
  offer(search, feature, Number.MAX_VALUE, Number.MAX_VALUE, false, node.weight - rightWeight, node.sum - rightSum);
}

/** Tries all indicators after one pass over the node's rows. */
function cutIndicators(search: Search, indicators: Indicators, allowed: Uint8Array): void {
  const { node, minRows } = search;
  const { features, lows, highs } = indicators;
  const { high } = search.sample;
  countIndicators(indicators, search.sample, node);
  for (let j = 0; j < features.length; j++) {
    const feature = features[j];
    const rightRows = high.rows[j + 1];
    if (allowed[feature] === 0 || rightRows < minRows || node.end - node.start - rightRows < minRows) continue;
    const leftWeight = node.weight - high.weights[j + 1];
    const leftSum = node.sum - high.sums[j + 1];
    offer(search, feature, lows[j], highs[j], undefined, leftWeight, leftSum);
  }
}

/** Takes the cut between the values `low` and `high` when it is better than the best so far. */
function offer(
  { node, cut, isPoisson }: Search,
  feature: number,
  low: number,
  high: number,
  missingLeft: boolean | undefined,
  leftWeight: number,
  leftSum: number,
): void {
  const gain = sumGain(isPoisson, node, leftWeight, leftSum);
  if (!isBetter(gain, feature, cut)) return;
  cut.gain = gain;
  cut.feature = feature;
  cut.threshold = midpoint(low, high);
  cut.missingLeft = missingLeft;
}
