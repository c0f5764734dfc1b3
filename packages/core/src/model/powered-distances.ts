import { differentBits, hasOnlyBits, packBits, type NeighbourRows } from './neighbour-rows.js';

/**
 * The distances of a query to all training rows, to the power `p`: the order is the same, and the root is only taken for
 * weights. Two sums, added at the end: over the measured features and over the indicators, each in the order of the
 * features. Where the query's indicators are 0 or 1 too, their sum is the number of those that differ.
 *
 * @param distances One per training row; filled.
 */
export function poweredDistances(rows: NeighbourRows, p: 1 | 2, query: Float64Array, distances: Float64Array): void {
  const point = Float64Array.from(rows.measured, (j) => query[j]);
  if (p === 1) sumAbsolutes(rows, point, distances);
  else sumSquares(rows, point, distances);
  if (hasOnlyBits(query, rows.indicators)) countDifferent(rows, query, distances);
  else measureIndicators(rows, p, query, distances);
}

// Hot: four sums at a time do not wait for each other; the last four may repeat a row.

function sumSquares({ values, rowCount }: NeighbourRows, point: Float64Array, distances: Float64Array): void {
  const width = point.length;
  const last = rowCount - 1;
  for (let row = 0; row <= last; row += 4) {
    const row1 = Math.min(row + 1, last);
    const row2 = Math.min(row + 2, last);
    const row3 = Math.min(row + 3, last);
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < width; j++) {
      const difference0 = point[j] - values[row * width + j];
      const difference1 = point[j] - values[row1 * width + j];
      const difference2 = point[j] - values[row2 * width + j];
      const difference3 = point[j] - values[row3 * width + j];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    distances[row] = sum0;
    distances[row1] = sum1;
    distances[row2] = sum2;
    distances[row3] = sum3;
  }
}

function sumAbsolutes({ values, rowCount }: NeighbourRows, point: Float64Array, distances: Float64Array): void {
  const width = point.length;
  const last = rowCount - 1;
  for (let row = 0; row <= last; row += 4) {
    const row1 = Math.min(row + 1, last);
    const row2 = Math.min(row + 2, last);
    const row3 = Math.min(row + 3, last);
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < width; j++) {
      sum0 += Math.abs(point[j] - values[row * width + j]);
      sum1 += Math.abs(point[j] - values[row1 * width + j]);
      sum2 += Math.abs(point[j] - values[row2 * width + j]);
      sum3 += Math.abs(point[j] - values[row3 * width + j]);
    }
    distances[row] = sum0;
    distances[row1] = sum1;
    distances[row2] = sum2;
    distances[row3] = sum3;
  }
}

function countDifferent({ indicators, words }: NeighbourRows, query: Float64Array, distances: Float64Array): void {
  const asked = packBits(query, indicators);
  words.forEach((word, w) => {
    for (let row = 0; row < distances.length; row++) distances[row] += differentBits(word[row], asked[w]);
  });
}

/** For queries unlike the training rows: a level between two, a missing value. */
function measureIndicators(rows: NeighbourRows, p: 1 | 2, query: Float64Array, distances: Float64Array): void {
  for (let row = 0; row < distances.length; row++) {
    let sum = 0;
    rows.indicators.forEach((j, i) => {
      const difference = query[j] - ((rows.words[i >> 5][row] >>> (i & 31)) & 1);
      sum += p === 1 ? Math.abs(difference) : difference * difference;
    });
    distances[row] += sum;
  }
}
