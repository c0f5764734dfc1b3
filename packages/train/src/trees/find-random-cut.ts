import type { KeyedRandom } from '../keyed-random.js';
import { isBetter, noCut, type Cut } from './cut.js';
import { medianLoss } from './median-loss.js';
import { SMALLEST_GAP } from './midpoint.js';
import type { OpenNode } from './open-node.js';
import { poissonGain } from './poisson-gain.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/**
 * The best of one random cut per feature: the threshold is drawn evenly from the range of the node's values, and so is
 * the side of missing values. Features of one value can only part it from none.
 *
 * @param allowed 1 for each feature that may be cut.
 */
export function findRandomCut(
  data: TreeData,
  sample: Sample,
  node: OpenNode,
  allowed: Uint8Array,
  minRows: number,
  random: KeyedRandom,
): Cut {
  const best = noCut();
  data.values.forEach((values, feature) => {
    if (allowed[feature] === 0) return;
    const tried = drawCut(values, sample, node, random.at(feature + 1));
    if (tried === undefined) return;
    const gain = gainOf(data, sample, node, values, tried, minRows);
    if (gain > -Infinity && isBetter(gain, feature, best)) Object.assign(best, tried, { gain, feature });
  });
  return best;
}

type RandomCut = Pick<Cut, 'threshold' | 'missingLeft'>;

function drawCut(
  values: Float64Array,
  { rows }: Sample,
  { start, end }: OpenNode,
  random: KeyedRandom,
): RandomCut | undefined {
  let lowest = Infinity;
  let highest = -Infinity;
  let missing = 0;
  for (let i = start; i < end; i++) {
    const value = values[rows[i]];
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (Number.isNaN(value)) missing++;
  }
  if (missing === end - start) return undefined;
  if (highest <= lowest + SMALLEST_GAP) {
    return missing === 0 ? undefined : { threshold: Number.MAX_VALUE, missingLeft: false };
  }
  const share = random.double(0);
  const threshold = lowest * (1 - share) + highest * share;
  return {
    threshold: threshold < highest ? Math.max(threshold, lowest) : lowest,
    missingLeft: missing === 0 ? undefined : random.double(1) < 0.5,
  };
}

/** -Infinity for a cut that must not be made. */
function gainOf(
  { criterion }: TreeData,
  { rows, weights, sums, byTarget }: Sample,
  { start, end, weight, sum }: OpenNode,
  values: Float64Array,
  { threshold, missingLeft }: RandomCut,
  minRows: number,
): number {
  let leftRows = 0;
  let leftWeight = 0;
  let leftSum = 0;
  const goesLeft = (row: number) => values[row] <= threshold || (missingLeft === true && Number.isNaN(values[row]));
  // Hot: every row of every node comes by once per feature.
  for (let i = start; i < end; i++) {
    const row = rows[i];
    if (!goesLeft(row)) continue;
    leftRows++;
    leftWeight += weights[row];
    leftSum += sums[row];
  }
  if (leftRows < minRows || end - start - leftRows < minRows) return -Infinity;
  const rightSum = sum - leftSum;
  const rightWeight = weight - leftWeight;
  switch (criterion) {
    case 'squared_error':
      return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
    case 'poisson':
      return poissonGain(leftSum, leftWeight, rightSum, rightWeight);
    case 'absolute_error': {
      const ascending = (byTarget ?? rows).subarray(start, end);
      const left = ascending.filter(goesLeft);
      const right = ascending.filter((row) => !goesLeft(row));
      return -medianLoss(left, weights, sums) - medianLoss(right, weights, sums);
    }
    default:
      return criterion satisfies never;
  }
}
