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
  /** The sum of the rows' `sums`. */
  readonly sum: number;
}

/** Sums stay below 2^52, where every integer is a double. */
const SUM_BITS = 52;

/** The largest power of two that is a double; only targets that hardly differ from 0 would need a larger one. */
const LARGEST_EXPONENT = 1023;

/**
 * Looks at a node's targets, and writes them to the sample's `sums` in fixed point: `weight * round((y - centre) * 2^k)`
 * with the largest k for which no sum of a part of them exceeds 2^52. Sums are then exact: they depend neither on the
 * order of the rows nor on how they were arrived at, so equally good cuts tie exactly. The centre is that of the node's
 * range; 0 for the Poisson criterion, which takes logarithms of sums.
 *
 * The step is 2^-52 of the node's range times its weight: 2e-13 of the range for 1000 rows.
 */
export function openNode(data: TreeData, sample: Sample, { start, end }: NodeRows): OpenNode {
  const { targets, criterion } = data;
  const { rows, weights, sums } = sample;
  let lowest = Infinity;
  let highest = -Infinity;
  let weight = 0;
  let total = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const target = targets[row];
    if (target < lowest) lowest = target;
    if (target > highest) highest = target;
    weight += weights[row];
    total += weights[row] * target;
  }
  // Adding 0 turns -0 into 0, the only zero that JSON knows.
  if (lowest === highest) return { start, end, weight, value: lowest + 0, isConstant: true, sum: 0 };
  const centre = criterion === 'poisson' ? 0 : lowest / 2 + highest / 2;
  const exponent = SUM_BITS - Math.ceil(Math.log2(weight)) - Math.ceil(Math.log2(highest - centre));
  const scale = 2 ** Math.min(exponent, LARGEST_EXPONENT);
  let sum = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    sums[row] = weights[row] * Math.round((targets[row] - centre) * scale);
    sum += sums[row];
  }
  const { byTarget } = sample;
  const value =
    byTarget === undefined ? total / weight : median(targets, weights, byTarget.subarray(start, end), weight);
  return { start, end, weight, value, isConstant: false, sum };
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
