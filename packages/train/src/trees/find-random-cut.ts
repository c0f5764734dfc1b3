import type { KeyedRandom } from '../keyed-random.js';
import { isBetter, noCut, type Cut, type FindCut } from './cut.js';
import { drawLevels } from './draw-levels.js';
import { cutOfLevels, levelsOf } from './levels.js';
import { medianLoss } from './median-loss.js';
import { SMALLEST_GAP } from './midpoint.js';
import type { OpenNode } from './open-node.js';
import type { Sample } from './sample.js';
import { stepReader, type Steps } from './steps.js';
import { sumGain } from './sum-gain.js';
import { ROW, rowsOf } from './tally.js';
import type { TreeData } from './tree-data.js';

/**
 * Finds the best of one random cut per feature: the threshold is drawn evenly from the range of the node's values, and so
 * is the side of missing values. Of equally good cuts the one of the feature that goes before wins. Features of one value
 * can only part it from none.
 */
export function randomCutFinder(data: TreeData, sample: Sample, minRows: number): FindCut {
  const { ordered, binned } = data;
  const isPoisson = data.criterion === 'poisson';
  const reader = stepReader(data, sample);
  return (node, allowed, { histogram, random: tree, path, priorities }) => {
    const best = noCut();
    const random = tree.at(path);
    const gainOf = (left: Side) =>
      sumGain(isPoisson, left.weight, left.sum, node.weight - left.weight, node.sum - left.sum);
    const hasRows = (left: Side) => left.rows >= minRows && node.end - node.start - left.rows >= minRows;
    const offer = (tried: RandomCut, feature: number, gain: number) => {
      if (isBetter(gain, feature, best, priorities)) Object.assign(best, tried, { gain, feature });
    };
    for (const { feature, values } of ordered) {
      if (allowed[feature] === 0) continue;
      const tried = drawCut(rangeOfRows(values, sample, node), random.at(feature + 1));
      if (tried === undefined) continue;
      const left = leftOfRows(values, sample, node, tried);
      if (!hasRows(left)) continue;
      const gain =
        sample.byTarget === undefined
          ? gainOf(left)
          : medianGain(values, sample, sample.byTarget.subarray(node.start, node.end), tried);
      offer(tried, feature, gain);
    }
    for (const column of binned.ranked) {
      const { feature } = column;
      if (allowed[feature] === 0) continue;
      const steps = histogram === undefined ? reader.ofRows(column, node) : reader.ofHistogram(column, histogram);
      const drawn = data.nominal.has(feature)
        ? drawLevelCut(steps, node, random.at(feature + 1))
        : drawStepCut(steps, node, random.at(feature + 1));
      if (drawn !== undefined && hasRows(drawn.left)) offer(drawn.cut, feature, gainOf(drawn.left));
    }
    for (const digit of binned.digits) {
      if (!digit.features.some((feature) => allowed[feature] === 1)) continue;
      const steps = histogram === undefined ? reader.ofRows(digit, node) : reader.ofHistogram(digit, histogram);
      for (let i = 0; i < steps.size; i++) {
        const bin = steps.values[i];
        const feature = digit.features[bin];
        if (bin === 0 || allowed[feature] === 0) continue;
        const right = side(steps.tallies[i], steps.sums[i], node);
        if (!hasRows(right)) continue;
        const gain = gainOf(right);
        if (gain < best.gain) continue;
        const threshold = drawThreshold(digit.lows[bin], digit.highs[bin], random.at(feature + 1));
        offer({ threshold, levels: undefined, missingLeft: undefined }, feature, gain);
      }
    }
    return best;
  };
}

/** The rows on one side of a cut. */
interface Side {
  readonly rows: number;
  readonly weight: number;
  readonly sum: number;
}

function side(tally: number, rawSum: number, { middle }: OpenNode): Side {
  const rows = rowsOf(tally);
  const weight = tally - ROW * rows;
  return { rows, weight, sum: rawSum - weight * middle };
}

/** The range of a node's values; `lowest` is above `highest` where there is none. */
interface ValueRange {
  readonly lowest: number;
  readonly highest: number;
  readonly hasMissing: boolean;
}

type RandomCut = Pick<Cut, 'threshold' | 'levels' | 'missingLeft'>;

/** A cut of steps, and its left side. */
interface DrawnCut {
  readonly cut: RandomCut;
  readonly left: Side;
}

function drawStepCut(steps: Steps, node: OpenNode, random: KeyedRandom): DrawnCut | undefined {
  const cut = drawCut(rangeOfSteps(steps), random);
  return cut === undefined ? undefined : { cut, left: leftOfSteps(steps, node, cut) };
}

function drawLevelCut(steps: Steps, node: OpenNode, random: KeyedRandom): DrawnCut | undefined {
  const levels = levelsOf(steps, node);
  const left = drawLevels(levels, random);
  if (left === undefined) return undefined;
  const isLeft = new Set(left);
  const right = levels.filter((level) => !isLeft.has(level));
  const total = (of: keyof Side) => left.reduce((sum, level) => sum + level[of], 0);
  return {
    cut: cutOfLevels(left, right),
    left: { rows: total('rows'), weight: total('weight'), sum: total('sum') },
  };
}

function drawCut({ lowest, highest, hasMissing }: ValueRange, random: KeyedRandom): RandomCut | undefined {
  if (lowest > highest) return undefined;
  if (highest <= lowest + SMALLEST_GAP) {
    return hasMissing ? { threshold: Number.MAX_VALUE, levels: undefined, missingLeft: false } : undefined;
  }
  const threshold = drawThreshold(lowest, highest, random);
  return { threshold, levels: undefined, missingLeft: hasMissing ? random.double(1) < 0.5 : undefined };
}

function rangeOfSteps({ size, values, missingTally }: Steps): ValueRange {
  if (size === 0) return { lowest: Infinity, highest: -Infinity, hasMissing: true };
  return { lowest: values[0], highest: values[size - 1], hasMissing: missingTally > 0 };
}

/** Hot: every row of every node comes by once per column. */
function rangeOfRows(values: Float64Array, { rows }: Sample, { start, end }: OpenNode): ValueRange {
  let lowest = Infinity;
  let highest = -Infinity;
  let hasMissing = false;
  for (let i = start; i < end; i++) {
    const value = values[rows[i]];
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (Number.isNaN(value)) hasMissing = true;
  }
  return { lowest, highest, hasMissing };
}

/** From `low` up to but not at `high`. */
function drawThreshold(low: number, high: number, random: KeyedRandom): number {
  const share = random.double(0);
  const threshold = low * (1 - share) + high * share;
  return threshold < high ? Math.max(threshold, low) : low;
}

function leftOfSteps(steps: Steps, node: OpenNode, { threshold, missingLeft }: RandomCut): Side {
  let tally = missingLeft === true ? steps.missingTally : 0;
  let sum = missingLeft === true ? steps.missingSum : 0;
  for (let i = 0; i < steps.size && steps.values[i] <= threshold; i++) {
    tally += steps.tallies[i];
    sum += steps.sums[i];
  }
  return side(tally, sum, node);
}

/** Hot: every row of every node comes by once per column. */
function leftOfRows(
  values: Float64Array,
  { rows, tallies, sums }: Sample,
  node: OpenNode,
  { threshold, missingLeft }: RandomCut,
): Side {
  let tally = 0;
  let sum = 0;
  for (let i = node.start; i < node.end; i++) {
    const row = rows[i];
    const value = values[row];
    if (value <= threshold || (missingLeft === true && Number.isNaN(value))) {
      tally += tallies[row];
      sum += sums[row];
    }
  }
  return side(tally, sum, node);
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
