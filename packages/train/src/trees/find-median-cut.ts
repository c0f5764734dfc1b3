import { isBetter, noCut, type Cut, type FindCut } from './cut.js';
import { midpoint, SMALLEST_GAP } from './midpoint.js';
import type { OpenNode } from './open-node.js';
import type { Sample } from './sample.js';
import { shrinkingMedian } from './shrinking-median.js';
import type { OrderedColumn } from './encode-columns.js';
import type { TreeData } from './tree-data.js';

/**
 * Finds the cut that lowers the sum of absolute distances from the sides' medians most. Of equally good cuts the one of
 * the feature that goes before wins, there missing values to the right before missing values to the left, there the lowest
 * threshold.
 */
export function medianCutFinder({ ordered, rowCount }: TreeData, sample: Sample, minRows: number): FindCut {
  const median = shrinkingMedian(sample, sample.byTarget ?? sample.rows);
  const sequence = new Int32Array(rowCount);
  const leftLosses = new Float64Array(rowCount + 1);

  /** Tries all cuts of a sequence of rows, given the losses of its beginnings. */
  const scan = (
    node: OpenNode,
    { feature, values }: OrderedColumn,
    missing: number,
    missingLeft: boolean,
    best: Cut,
    priorities: Int32Array,
  ) => {
    const size = node.end - node.start;
    fillLeftLosses(node, size);
    median.fill(node);
    for (let i = 1; i < size; i++) {
      median.remove(sequence[i - 1]);
      const low = values[sequence[i - 1]];
      const high = values[sequence[i]];
      const partsMissing = !missingLeft && i === size - missing;
      if (i < minRows || size - i < minRows || !(partsMissing || high > low + SMALLEST_GAP)) continue;
      const gain = -leftLosses[i] - median.loss();
      if (!isBetter(gain, feature, best, priorities)) continue;
      best.gain = gain;
      best.feature = feature;
      best.threshold = partsMissing ? Number.MAX_VALUE : midpoint(low, high);
      best.missingLeft = missing === 0 ? undefined : missingLeft;
    }
  };

  /** The loss of the first `i` rows of the sequence, found by taking rows from its end. */
  const fillLeftLosses = (node: OpenNode, size: number) => {
    median.fill(node);
    for (let i = size; i > 0; i--) {
      leftLosses[i] = median.loss();
      median.remove(sequence[i - 1]);
    }
  };

  return (node, allowed, { priorities }) => {
    const best = noCut();
    ordered.forEach((column, i) => {
      if (allowed[column.feature] === 0) return;
      const order = sample.orders[i].subarray(node.start, node.end);
      const firstMissing = order.findIndex((row) => Number.isNaN(column.values[row]));
      const present = firstMissing < 0 ? order.length : firstMissing;
      if (present === 0) return;
      const isConstant = column.values[order[present - 1]] <= column.values[order[0]] + SMALLEST_GAP;
      if (isConstant && present === order.length) return;
      sequence.set(order);
      scan(node, column, order.length - present, false, best, priorities);
      if (isConstant || present === order.length) return;
      sequence.set(order.subarray(present));
      sequence.set(order.subarray(0, present), order.length - present);
      scan(node, column, order.length - present, true, best, priorities);
    });
    return best;
  };
}
