import type { KeyedRandom } from '../keyed-random.js';

/**
 * Draws `count` of the rows without replacement: writes 1 for each row that was drawn, 0 for the others.
 *
 * Row after row is taken with the probability of what is still to draw over what is still to see, so that every choice of
 * rows is equally likely.
 *
 * Source: D. E. Knuth, "The Art of Computer Programming", volume 2, section 3.4.2, algorithm S.
 */
export function drawWithoutReplacement(count: number, random: KeyedRandom, drawn: Float64Array): void {
  let missing = count;
  for (let row = 0; row < drawn.length; row++) {
    const isDrawn = random.double(row) * (drawn.length - row) < missing;
    drawn[row] = isDrawn ? 1 : 0;
    if (isDrawn) missing--;
  }
}

/** Draws as many rows as there are weights, with replacement and by their weights: how often each row came up. */
export function drawByWeight(weights: Float64Array, random: KeyedRandom): Float64Array {
  const { length: rowCount } = weights;
  const reached = new Float64Array(rowCount);
  let total = 0;
  for (let row = 0; row < rowCount; row++) reached[row] = total += weights[row];
  const guide = firstRows(reached, total);
  const counts = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const share = random.double(i);
    const limit = share * total;
    let row = guide[Math.floor(share * rowCount)];
    while (row > 0 && reached[row - 1] > limit) row--;
    while (row < rowCount - 1 && reached[row] <= limit) row++;
    counts[row]++;
  }
  return counts;
}

/**
 * Where to look for the row of a share of all weight: for each of as many equal shares as there are rows the first row
 * above it, so that a row is found in one or two steps.
 *
 * Source: H.-C. Chen and Y. Asau, "On generating random variates from an empirical distribution", AIIE Transactions 6
 * (1974).
 */
function firstRows(reached: Float64Array, total: number): Int32Array {
  const { length: rowCount } = reached;
  const guide = new Int32Array(rowCount);
  for (let i = 0, row = 0; i < rowCount; i++) {
    while (row < rowCount - 1 && reached[row] <= (i / rowCount) * total) row++;
    guide[i] = row;
  }
  return guide;
}
