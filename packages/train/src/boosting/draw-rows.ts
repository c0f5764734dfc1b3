import type { KeyedRandom } from '../keyed-random.js';

/** Draws `count` of the rows without replacement: 1 for each row that was drawn, 0 for the others. */
export function drawWithoutReplacement(rowCount: number, count: number, random: KeyedRandom): Float64Array {
  const pool = Int32Array.from({ length: rowCount }, (_, row) => row);
  const drawn = new Float64Array(rowCount);
  for (let i = 0; i < count; i++) {
    const at = i + random.below(rowCount - i, i);
    drawn[pool[at]] = 1;
    pool[at] = pool[i];
  }
  return drawn;
}

/** Draws as many rows as there are weights, with replacement and by their weights: how often each row came up. */
export function drawByWeight(weights: Float64Array, random: KeyedRandom): Float64Array {
  const reached = new Float64Array(weights.length);
  let total = 0;
  for (let row = 0; row < weights.length; row++) reached[row] = total += weights[row];
  const counts = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) counts[firstAbove(reached, random.double(i) * total)]++;
  return counts;
}

/** The index of the first of the ascending values that is above the limit; the last one where none is. */
function firstAbove(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
