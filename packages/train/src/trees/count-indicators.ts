import type { Indicators } from './indicators.js';
import type { NodeRows } from './open-node.js';
import type { Sample } from './sample.js';

/** Fills the sample's `high` for a node: one pass over its rows serves all indicators. */
export function countIndicators(
  { features, width, digits }: Indicators,
  { weights, sums, rows, high }: Sample,
  node: NodeRows,
): void {
  for (let j = 0; j <= features.length; j++) {
    high.rows[j] = 0;
    high.weights[j] = 0;
    high.sums[j] = 0;
  }
  // Hot: every row of every node comes by once.
  for (let i = node.start; i < node.end; i++) {
    const row = rows[i];
    const weight = weights[row];
    const sum = sums[row];
    for (let at = row * width; at < (row + 1) * width; at++) {
      const digit = digits[at];
      high.rows[digit]++;
      high.weights[digit] += weight;
      high.sums[digit] += sum;
    }
  }
}
