import type { TreeData } from './tree-data.js';

/**
 * The rows of one tree while it grows, in buffers that all trees share. A node is a stretch of `rows` and the same
 * stretch of every order.
 */
export interface Sample {
  /** How often each row was drawn. */
  weights: Float64Array;
  /** Weight times target of each row, the target in fixed point of the node at hand. */
  readonly sums: Float64Array;
  /** The rows that were drawn; within a node, ascending. */
  readonly rows: Int32Array;
  /** The same rows sorted by each ordered column of the data. */
  readonly orders: readonly Int32Array[];
  /** The same rows sorted by target; undefined where the criterion does not need it. */
  readonly byTarget: Int32Array | undefined;
  /** Of each indicator: how many rows of the node at hand have its higher value, their weights and their sums. */
  readonly high: { readonly rows: Float64Array; readonly weights: Float64Array; readonly sums: Float64Array };
}

/** Buffers for samples of the data; nothing is drawn yet. */
export function emptySample({ rowCount, ordered, indicators, byTarget }: TreeData): Sample {
  const perDigit = () => new Float64Array(indicators.features.length + 1);
  return {
    weights: new Float64Array(rowCount),
    sums: new Float64Array(rowCount),
    rows: new Int32Array(rowCount),
    orders: ordered.map(() => new Int32Array(rowCount)),
    byTarget: byTarget === undefined ? undefined : new Int32Array(rowCount),
    high: { rows: perDigit(), weights: perDigit(), sums: perDigit() },
  };
}

/** Fills the sample with the rows whose weight is above 0, and returns their number. */
export function drawSample(sample: Sample, { ordered, byTarget }: TreeData, weights: Float64Array): number {
  sample.weights = weights;
  let size = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row] > 0) sample.rows[size++] = row;
  ordered.forEach((column, i) => copyDrawn(column.order, weights, sample.orders[i]));
  if (byTarget !== undefined && sample.byTarget !== undefined) copyDrawn(byTarget, weights, sample.byTarget);
  return size;
}

function copyDrawn(all: Int32Array, weights: Float64Array, drawn: Int32Array): void {
  let size = 0;
  for (const row of all) if (weights[row] > 0) drawn[size++] = row;
}
