import { ROW } from './tally.js';
import type { TreeData } from './tree-data.js';

/**
 * The rows of one tree while it grows, in buffers that all trees share. A node is a stretch of `rows` and the same
 * stretch of every order.
 */
export interface Sample {
  /** How often each row was drawn. */
  weights: Float64Array;
  /** One row and its weight, as {@link ROW} says. */
  readonly tallies: Float64Array;
  /** Weight times target of each row, the target in the fixed point of the node at hand. */
  readonly sums: Float64Array;
  /** The rows that were drawn; within a node, ascending. */
  readonly rows: Int32Array;
  /** The same rows sorted by each ordered column of the data; none where nobody looks at them. */
  readonly orders: readonly Int32Array[];
  /** The same rows sorted by target; undefined where the criterion does not need it. */
  readonly byTarget: Int32Array | undefined;
}

/** Buffers for samples of the data; nothing is drawn yet. */
export function emptySample({ rowCount, ordered, byTarget }: TreeData, thresholds: 'best' | 'random'): Sample {
  return {
    weights: new Float64Array(rowCount),
    tallies: new Float64Array(rowCount),
    sums: new Float64Array(rowCount),
    rows: new Int32Array(rowCount),
    orders: thresholds === 'best' ? ordered.map(() => new Int32Array(rowCount)) : [],
    byTarget: byTarget === undefined ? undefined : new Int32Array(rowCount),
  };
}

/** Fills the sample with the rows whose weight is above 0, and returns their number. */
export function drawSample(sample: Sample, { ordered, byTarget }: TreeData, weights: Float64Array): number {
  sample.weights = weights;
  const { rows, tallies } = sample;
  let size = 0;
  for (let row = 0; row < weights.length; row++) {
    tallies[row] = ROW + weights[row];
    if (weights[row] > 0) rows[size++] = row;
  }
  sample.orders.forEach((order, i) => copyDrawn(ordered[i].order, weights, order));
  if (byTarget !== undefined && sample.byTarget !== undefined) copyDrawn(byTarget, weights, sample.byTarget);
  return size;
}

function copyDrawn(all: Int32Array, weights: Float64Array, drawn: Int32Array): void {
  let size = 0;
  for (const row of all) if (weights[row] > 0) drawn[size++] = row;
}
