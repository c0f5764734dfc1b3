import type { TreeData } from './tree-data.js';

/** The rows of one tree while it grows. A node is a stretch of `rows` and the same stretch of every order. */
export interface Sample {
  /** How often each row was drawn. */
  readonly weights: Float64Array;
  /** Weight times fixed-point target of each row. */
  readonly sums: Float64Array;
  /** The rows that were drawn; within a node, ascending. */
  readonly rows: Int32Array;
  /** The same rows sorted by each ordered column of the data. */
  readonly orders: readonly Int32Array[];
}

/** The rows with a weight above 0. */
export function drawSample(data: TreeData, weights: Float64Array): Sample {
  const isDrawn = (row: number) => weights[row] > 0;
  return {
    weights,
    sums: data.fixedTargets.map((target, row) => target * weights[row]),
    rows: Int32Array.from(weights.keys()).filter(isDrawn),
    orders: data.ordered.map((column) => column.order.filter(isDrawn)),
  };
}
