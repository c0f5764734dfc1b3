import { fixed, fixedPoint, isFineEnough, type FixedPoint } from './fixed-point.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/** The rows of a node: `rows[start]` to `rows[end - 1]` of the sample, and the same stretch of every order. */
export interface NodeRows {
  readonly start: number;
  readonly end: number;
}

/** A node before it is cut. */
export interface OpenNode extends NodeRows {
  /** The sum of the rows' weights. */
  readonly weight: number;
  /** The mean target, added in the order of the rows; the median where absolute errors count. */
  readonly value: number;
  /** Whether all targets are equal. */
  readonly isConstant: boolean;
  /** The fixed point of the sample's `sums`; undefined where all targets are equal. */
  readonly fixedPoint: FixedPoint | undefined;
  /** The middle of the range of the node's targets, in that fixed point. */
  readonly middle: number;
  /** The sum of the rows' `sums`, each less weight times middle. */
  readonly sum: number;
}

/**
 * Looks at a node's targets, which stand in the sample's `sums` in fixed point: `weight * round((y - centre) * 2^k)`
 * with the largest k for which no sum of a part of them exceeds 2^52. Sums are then exact: they depend neither on the
 * order of the rows nor on how they were arrived at, so equally good cuts tie exactly and what a part leaves of a whole
 * is the sum of the rest. The centre is that of the range; 0 for the Poisson criterion, which takes logarithms of sums.
 *
 * The fixed point is made at the root, and again where a node's targets are so much nearer to each other that it would
 * be too coarse. The step is 2^-52 of the range times its weight, for any node 2^-32 at most.
 *
 * @param above The fixed point in which the rows' `sums` stand already; undefined at the root.
 */
export function openNode(
  data: TreeData,
  sample: Sample,
  { start, end }: NodeRows,
  above: FixedPoint | undefined,
): OpenNode {
  const { targets, criterion } = data;
  const { rows, weights, sums } = sample;
  let lowest = Infinity;
  let highest = -Infinity;
  let weight = 0;
  let total = 0;
  let sum = 0;
  // Hot: every row of every node comes by once.
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const target = targets[row];
    if (target < lowest) lowest = target;
    if (target > highest) highest = target;
    weight += weights[row];
    total += weights[row] * target;
    sum += sums[row];
  }
  // Adding 0 turns -0 into 0, the only zero that JSON knows.
  if (lowest === highest) {
    return { start, end, weight, value: lowest + 0, isConstant: true, fixedPoint: undefined, middle: 0, sum: 0 };
  }
  const centre = criterion === 'poisson' ? 0 : lowest / 2 + highest / 2;
  const extent = (highest - centre) * weight;
  const keeps = above !== undefined && isFineEnough(above, extent);
  const point = keeps ? above : fixedPoint(centre, extent);
  if (!keeps) sum = fixTargets(targets, sample, { start, end }, point);
  const middle = fixed(point, centre);
  const { byTarget } = sample;
  const value =
    byTarget === undefined ? total / weight : median(targets, weights, byTarget.subarray(start, end), weight);
  return { start, end, weight, value, isConstant: false, fixedPoint: point, middle, sum: sum - weight * middle };
}

/** Writes the sample's `sums` of a node, and returns their sum. */
function fixTargets(
  targets: Float64Array,
  { rows, weights, sums }: Sample,
  { start, end }: NodeRows,
  point: FixedPoint,
): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    sums[row] = weights[row] * fixed(point, targets[row]);
    sum += sums[row];
  }
  return sum;
}

/** Half-way between the neighbours where the weights part in equal halves. */
function median(targets: Float64Array, weights: Float64Array, ascending: Int32Array, weight: number): number {
  let at = 0;
  let reached = weights[ascending[0]];
  while (2 * reached < weight) reached += weights[ascending[++at]];
  const low = targets[ascending[at]];
  // Adding 0 turns -0 into 0, the only zero that JSON knows.
  return (2 * reached === weight ? low / 2 + targets[ascending[at + 1]] / 2 : low) + 0;
}
