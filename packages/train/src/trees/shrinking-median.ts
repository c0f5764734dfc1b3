import type { NodeRows } from './open-node.js';
import type { Sample } from './sample.js';

/** The rows of a node by target, from which rows are taken away one by one. */
export interface ShrinkingMedian {
  /** Starts with all rows of a node. */
  fill(node: NodeRows): void;
  remove(row: number): void;
  /** The sum of absolute distances from the median of the rows that are left, in the fixed point of `sums` and exact. */
  loss(): number;
}

/**
 * A linked list with a pointer to its median. A removal moves the pointer by no more rows than the removed one weighs, so
 * that the losses of all beginnings of an order cost little more than a look at each row.
 *
 * @param byTarget The sample's rows by ascending target.
 */
export function shrinkingMedian(sample: Sample, byTarget: Int32Array): ShrinkingMedian {
  const { sums } = sample;
  const next = new Int32Array(byTarget.length);
  const previous = new Int32Array(byTarget.length);
  const ranks = new Int32Array(byTarget.length);
  let weight = 0;
  let sum = 0;
  // The first row at which half of the weight is reached, and what stands before it.
  let middle = -1;
  let below = 0;
  let belowSum = 0;

  const settle = () => {
    while (2 * (below + sample.weights[middle]) < weight) {
      below += sample.weights[middle];
      belowSum += sums[middle];
      middle = next[middle];
    }
    while (below > 0 && 2 * below >= weight) {
      middle = previous[middle];
      below -= sample.weights[middle];
      belowSum -= sums[middle];
    }
  };

  return {
    fill: ({ start, end }) => {
      weight = sum = below = belowSum = 0;
      middle = byTarget[start];
      for (let i = start; i < end; i++) {
        const row = byTarget[i];
        ranks[row] = i;
        previous[row] = i > start ? byTarget[i - 1] : -1;
        next[row] = i + 1 < end ? byTarget[i + 1] : -1;
        weight += sample.weights[row];
        sum += sums[row];
      }
      settle();
    },
    remove: (row) => {
      weight -= sample.weights[row];
      sum -= sums[row];
      if (ranks[row] < ranks[middle]) {
        below -= sample.weights[row];
        belowSum -= sums[row];
      } else if (row === middle && next[row] >= 0) {
        middle = next[row];
      } else if (row === middle && previous[row] >= 0) {
        middle = previous[row];
        below -= sample.weights[middle];
        belowSum -= sums[middle];
      }
      if (previous[row] >= 0) next[previous[row]] = next[row];
      if (next[row] >= 0) previous[next[row]] = previous[row];
      if (weight > 0) settle();
    },
    loss: () => {
      if (weight === 0) return 0;
      const median = sums[middle] / sample.weights[middle];
      return median * below - belowSum + (sum - belowSum) - median * (weight - below);
    },
  };
}
