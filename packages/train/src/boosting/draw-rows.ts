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
    // A number instead of a condition, since there is nothing to guess by.
    const taken = Number(random.double(row) * (drawn.length - row) < missing);
    drawn[row] = taken;
    missing -= taken;
  }
}

/**
 * Draws as many rows as there are weights, with replacement and by their weights, over and over.
 *
 * Where to look for the row of a share of all weight is noted beforehand: for each of as many equal shares as there are
 * rows the first row above it, so that a row is found in one or two steps.
 *
 * Source: H.-C. Chen and Y. Asau, "On generating random variates from an empirical distribution", AIIE Transactions 6
 * (1974).
 *
 * @returns The draw: it writes how often each row came up.
 */
export function weightedDraw(rowCount: number) {
  const reached = new Float64Array(rowCount);
  const guide = new Int32Array(rowCount);
  return (weights: Float64Array, random: KeyedRandom, counts: Float64Array): void => {
    addUp(weights, reached);
    noteFirstRows(reached, guide);
    countDraws(reached, guide, random, counts);
  };
}

function addUp(weights: Float64Array, reached: Float64Array): void {
  let total = 0;
  for (let row = 0; row < reached.length; row++) reached[row] = total += weights[row];
}

function noteFirstRows(reached: Float64Array, guide: Int32Array): void {
  const last = reached.length - 1;
  for (let i = 0, row = 0; i < guide.length; i++) {
    while (row < last && reached[row] <= (i / guide.length) * reached[last]) row++;
    guide[i] = row;
  }
}

function countDraws(reached: Float64Array, guide: Int32Array, random: KeyedRandom, counts: Float64Array): void {
  const last = reached.length - 1;
  counts.fill(0);
  for (let i = 0; i < counts.length; i++) {
    const share = random.double(i);
    const limit = share * reached[last];
    let row = guide[Math.floor(share * counts.length)];
    while (row > 0 && reached[row - 1] > limit) row--;
    while (row < last && reached[row] <= limit) row++;
    counts[row]++;
  }
}
