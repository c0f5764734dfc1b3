import { hasLevel } from '@scorecast/core';
import type { Cut } from './cut.js';
import type { NodeRows } from './open-node.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/** Moves the rows of cut nodes: those that go left to the front, both sides keeping their order. */
export interface Partitioner {
  /** Returns where the right side begins. */
  partitionRows(node: NodeRows, cut: Cut): number;
  /** Does the same to the sorted orders, after `partitionRows`. */
  partitionOrders(node: NodeRows): void;
}

/** A partitioner of the sample. */
export function partitioner(data: TreeData, sample: Sample): Partitioner {
  const goesLeft = new Uint8Array(data.rowCount);
  const scratch = new Int32Array(data.rowCount);
  return {
    partitionRows: (node, cut) => {
      markSides(data.values[cut.feature], sample.rows, node, cut, goesLeft);
      return stablePartition(sample.rows, node, goesLeft, scratch);
    },
    partitionOrders: (node) => {
      for (const order of sample.orders) stablePartition(order, node, goesLeft, scratch);
      if (sample.byTarget !== undefined) stablePartition(sample.byTarget, node, goesLeft, scratch);
    },
  };
}

function markSides(
  values: Float64Array,
  rows: Int32Array,
  { start, end }: NodeRows,
  cut: Cut,
  goesLeft: Uint8Array,
): void {
  const { threshold, levels } = cut;
  const missing = cut.missingLeft === true ? 1 : 0;
  if (levels !== undefined) {
    const side = (value: number) => (Number.isNaN(value) ? missing : hasLevel(levels.left, value) ? 1 : 0);
    for (let i = start; i < end; i++) goesLeft[rows[i]] = side(values[rows[i]]);
    return;
  }
  for (let i = start; i < end; i++) {
    const value = values[rows[i]];
    goesLeft[rows[i]] = value <= threshold ? 1 : Number.isNaN(value) ? missing : 0;
  }
}

function stablePartition(
  list: Int32Array,
  { start, end }: NodeRows,
  goesLeft: Uint8Array,
  scratch: Int32Array,
): number {
  let left = start;
  let right = 0;
  // Hot, so without branches: every row is written to both sides, and only one side moves on.
  for (let i = start; i < end; i++) {
    const row = list[i];
    const side = goesLeft[row];
    list[left] = row;
    scratch[right] = row;
    left += side;
    right += 1 - side;
  }
  for (let i = 0; i < right; i++) list[left + i] = scratch[i];
  return left;
}
