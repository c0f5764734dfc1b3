import type { KeyedRandom } from '../keyed-random.js';
import { noCut, type Cut } from './cut.js';
import { medianLoss } from './median-loss.js';
import { SMALLEST_GAP } from './midpoint.js';
import type { OpenNode } from './open-node.js';
import { countIndicators } from './count-indicators.js';
import { sumGain } from './sum-gain.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/**
 * The best of one random cut per feature: the threshold is drawn evenly from the range of the node's values, and so is
 * the side of missing values, and which of equally good cuts is taken. Features of one value can only part it from none.
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
  // Many cuts of a small node are equally good; were the first feature taken, all trees would be alike.
  const isPreferred = (feature: number) => random.at(feature + 1).double(2) < random.at(best.feature + 1).double(2);
  const offer = (tried: RandomCut, feature: number, gain: number) => {
    if (gain > best.gain || (gain === best.gain && best.feature >= 0 && isPreferred(feature))) {
      Object.assign(best, tried, { gain, feature });
    }
  };
  for (const { feature, values } of data.ordered) {
    if (allowed[feature] === 0) continue;
    const tried = drawCut(values, sample, node, random.at(feature + 1));
    if (tried === undefined) continue;
    const left = leftOf(values, sample, node, tried);
    if (left.rows < minRows || node.end - node.start - left.rows < minRows) continue;
    const gain =
      sample.byTarget === undefined
        ? sumGain(data.criterion === 'poisson', node, left.weight, left.sum)
        : medianGain(values, sample, sample.byTarget.subarray(node.start, node.end), tried);
    offer(tried, feature, gain);
  }
  countIndicators(data.indicators, sample, node);
  const { features, lows, highs } = data.indicators;
  features.forEach((feature, j) => {
    const right = sample.high.rows[j + 1];
    if (allowed[feature] === 0 || right < minRows || node.end - node.start - right < minRows) return;
    const threshold = drawThreshold(lows[j], highs[j], random.at(feature + 1));
    const leftWeight = node.weight - sample.high.weights[j + 1];
    const leftSum = node.sum - sample.high.sums[j + 1];
    offer(
      { threshold, missingLeft: undefined },
      feature,
      sumGain(data.criterion === 'poisson', node, leftWeight, leftSum),
    );
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
  const threshold = drawThreshold(lowest, highest, random);
  return { threshold, missingLeft: missing === 0 ? undefined : random.double(1) < 0.5 };
}

/** From `low` up to but not at `high`. */
function drawThreshold(low: number, high: number, random: KeyedRandom): number {
  const share = random.double(0);
  const threshold = low * (1 - share) + high * share;
  return threshold < high ? Math.max(threshold, low) : low;
}

/** Hot: every row of every node comes by once per column. */
function leftOf(
  values: Float64Array,
  { rows, weights, sums }: Sample,
  { start, end }: OpenNode,
  { threshold, missingLeft }: RandomCut,
): { rows: number; weight: number; sum: number } {
  const left = { rows: 0, weight: 0, sum: 0 };
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const value = values[row];
    if (value <= threshold || (missingLeft === true && Number.isNaN(value))) {
      left.rows++;
      left.weight += weights[row];
      left.sum += sums[row];
    }
  }
  return left;
}

function medianGain(
  values: Float64Array,
  { weights, sums }: Sample,
  ascending: Int32Array,
  { threshold, missingLeft }: RandomCut,
): number {
  const goesLeft = (row: number) => values[row] <= threshold || (missingLeft === true && Number.isNaN(values[row]));
  const left = ascending.filter(goesLeft);
  const right = ascending.filter((row) => !goesLeft(row));
  return -medianLoss(left, weights, sums) - medianLoss(right, weights, sums);
}
