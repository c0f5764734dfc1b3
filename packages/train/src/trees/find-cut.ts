import type { Digit } from './binned-columns.js';
import { isBetter, noCut, type Cut, type FindCut } from './cut.js';
import type { CutSearch } from './cut-search.js';
import { cutLevels } from './find-level-cut.js';
import { cutOrdered } from './find-ordered-cut.js';
import { midpoint, SMALLEST_GAP } from './midpoint.js';
import type { Sample } from './sample.js';
import { stepReader, type Steps } from './steps.js';
import { sumGain } from './sum-gain.js';
import { ROW, rowsOf } from './tally.js';
import type { TreeData } from './tree-data.js';

/**
 * Finds the cut that lowers the squared error most, `SL^2 / WL + SR^2 / WR` being largest, or the Poisson deviance,
 * `SL log(SL / WL) + SR log(SR / WR)` being largest, with at least `minRows` rows on either side. Of equally good cuts
 * the one of the feature that goes before wins, there missing values to the right before missing values to the left,
 * there the lowest threshold.
 */
export function bestCutFinder(data: TreeData, sample: Sample, minRows: number): FindCut {
  const { ordered, binned } = data;
  const reader = stepReader(data, sample);
  return (node, allowed, { histogram, priorities }) => {
    const cut = noCut();
    const search = { node, minRows, isPoisson: data.criterion === 'poisson', priorities, cut };
    for (let i = 0; i < ordered.length; i++) {
      const { feature } = ordered[i];
      if (allowed[feature] === 1) cutOrdered(search, ordered[i], sample.orders[i], sample);
    }
    for (const column of binned.ranked) {
      if (allowed[column.feature] === 0) continue;
      const steps = histogram === undefined ? reader.ofRows(column, node) : reader.ofHistogram(column, histogram);
      (data.nominal.has(column.feature) ? cutLevels : cutColumn)(search, column.feature, steps);
    }
    for (const digit of binned.digits) {
      if (!digit.features.some((feature) => allowed[feature] === 1)) continue;
      const steps = histogram === undefined ? reader.ofRows(digit, node) : reader.ofHistogram(digit, histogram);
      cutDigit(search, digit, steps, allowed);
    }
    return cut;
  };
}

function cutColumn(search: CutSearch, feature: number, steps: Steps): void {
  if (steps.missingTally === 0) {
    scan(search, feature, steps, undefined);
  } else if (steps.size > 0) {
    scan(search, feature, steps, false);
    cutMissing(search, feature, steps);
    scan(search, feature, steps, true);
  }
}

/** Tries the cuts between neighbouring values. Hot: every value of every node comes by once. */
function scan(
  { node, minRows, isPoisson, priorities, cut }: CutSearch,
  feature: number,
  { size, values, tallies, sums, missingTally, missingSum }: Steps,
  missingLeft: boolean | undefined,
): void {
  const { weight, middle, sum } = node;
  const rows = node.end - node.start;
  let tally = missingLeft === true ? missingTally : 0;
  let rawSum = missingLeft === true ? missingSum : 0;
  for (let i = 0; i < size - 1; i++) {
    tally += tallies[i];
    rawSum += sums[i];
    const leftRows = rowsOf(tally);
    if (leftRows < minRows) continue;
    if (rows - leftRows < minRows) return;
    const leftWeight = tally - ROW * leftRows;
    const leftSum = rawSum - leftWeight * middle;
    const gain = sumGain(isPoisson, leftWeight, leftSum, weight - leftWeight, sum - leftSum);
    if (isBetter(gain, feature, cut, priorities) && values[i + 1] > values[i] + SMALLEST_GAP) {
      cut.gain = gain;
      cut.feature = feature;
      cut.threshold = midpoint(values[i], values[i + 1]);
      cut.levels = undefined;
      cut.missingLeft = missingLeft;
    }
  }
}

/** Tries the cut of all values from no value. */
function cutMissing({ node, minRows, isPoisson, priorities, cut }: CutSearch, feature: number, steps: Steps): void {
  const rightRows = rowsOf(steps.missingTally);
  if (rightRows < minRows || node.end - node.start - rightRows < minRows) return;
  const rightWeight = steps.missingTally - ROW * rightRows;
  const rightSum = steps.missingSum - rightWeight * node.middle;
  const gain = sumGain(isPoisson, node.weight - rightWeight, node.sum - rightSum, rightWeight, rightSum);
  if (isBetter(gain, feature, cut, priorities)) {
    Object.assign(cut, {
      gain,
      feature,
      threshold: Number.MAX_VALUE,
      levels: undefined,
      missingLeft: false,
    } satisfies Cut);
  }
}

/** Tries each of a digit's features: its higher value against all else. */
function cutDigit(
  { node, minRows, isPoisson, priorities, cut }: CutSearch,
  { features, lows, highs }: Digit,
  { size, values, tallies, sums }: Steps,
  allowed: Uint8Array,
): void {
  const rows = node.end - node.start;
  for (let i = 0; i < size; i++) {
    const bin = values[i];
    const rightRows = rowsOf(tallies[i]);
    if (bin === 0 || allowed[features[bin]] === 0 || rightRows < minRows || rows - rightRows < minRows) continue;
    const rightWeight = tallies[i] - ROW * rightRows;
    const rightSum = sums[i] - rightWeight * node.middle;
    const gain = sumGain(isPoisson, node.weight - rightWeight, node.sum - rightSum, rightWeight, rightSum);
    if (isBetter(gain, features[bin], cut, priorities)) {
      cut.gain = gain;
      cut.feature = features[bin];
      cut.threshold = midpoint(lows[bin], highs[bin]);
      cut.levels = undefined;
      cut.missingLeft = undefined;
    }
  }
}
