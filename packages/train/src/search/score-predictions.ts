import type { Scores } from './scoring.js';

/**
 * Scores predictions by every metric of core's registry at once, each to the last bit as the registry does alone: the
 * sums are the same in the same order, but a search has a score for every candidate, fold and part, and one by one the
 * metrics would take longer than a linear fit.
 *
 * @param yTrue At least one finite number.
 * @param yPred As many.
 */
export function scorePredictions(yTrue: Float64Array, yPred: Float64Array): Scores {
  const n = yTrue.length;
  const errors = new Float64Array(n);
  let [targets, signed, absolute, squared, relative, largest] = [0, 0, 0, 0, 0, 0];
  // Hot: two plain loops instead of a pass per metric.
  for (let i = 0; i < n; i++) {
    const error = yTrue[i] - yPred[i];
    const size = Math.abs(error);
    errors[i] = size;
    targets += yTrue[i];
    signed += error;
    absolute += size;
    squared += error ** 2;
    relative += size / Math.max(Math.abs(yTrue[i]), Number.EPSILON);
    largest = Math.max(largest, size);
  }
  const [centre, errorCentre] = [targets / n, signed / n];
  let [total, left] = [0, 0];
  for (let i = 0; i < n; i++) {
    total += (yTrue[i] - centre) ** 2;
    left += (yTrue[i] - yPred[i] - errorCentre) ** 2;
  }
  return {
    r2: explained(squared, total),
    mae: absolute / n,
    rmse: Math.sqrt(squared / n),
    medianAbsoluteError: median(errors),
    maxError: largest,
    explainedVariance: explained(Math.sqrt(left / n) ** 2, Math.sqrt(total / n) ** 2),
    meanAbsolutePercentageError: relative / n,
  };
}

function explained(left: number, total: number): number {
  if (total === 0) return left === 0 ? 1 : 0;
  return 1 - left / total;
}

/** The median, without sorting all; the values end in another order. */
function median(values: Float64Array): number {
  const position = 0.5 * (values.length - 1);
  const below = Math.floor(position);
  putInPlace(values, below);
  const low = values[below];
  if (below === position) return low;
  let high = values[below + 1];
  for (let i = below + 2; i < values.length; i++) high = Math.min(high, values[i]);
  return low + (position - below) * (high - low);
}

/**
 * Moves the value that sorting would put at `place` there, no larger one before it and no smaller one behind.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: Find", CACM 4 (1961).
 */
function putInPlace(values: Float64Array, place: number): void {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[place];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (pivot < values[j]) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < place) left = i;
    if (place < i) right = j;
  }
}
