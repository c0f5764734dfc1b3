import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';

/** The mean target of the `k` nearest training rows. */
export interface NeighboursModel {
  readonly kind: 'neighbours';
  readonly features: readonly string[];
  /** How many neighbours answer; at most the number of training rows. */
  readonly k: number;
  /** `uniform`: a plain mean. `distance`: weighted by 1/distance; exact matches, where there are any, answer alone. */
  readonly weights: 'uniform' | 'distance';
  /** 1: sum of absolute differences; 2: Euclidean distance. */
  readonly p: 1 | 2;
  /** The training rows, row by row: `rows[i * features.length + j]`. */
  readonly rows: Float64Array;
  /** The training targets, one per row. */
  readonly targets: Float64Array;
}

/** Predicts by brute force; among equal distances the earlier training row is the nearer one. */
export function predictNeighbours(model: NeighboursModel, source: Table): Float64Array {
  const columns = modelColumns(model.features, source);
  const query = new Float64Array(columns.length);
  const distances = new Float64Array(model.targets.length);
  const nearest = new Int32Array(model.k);
  const predictions = new Float64Array(source.rowCount);
  for (let i = 0; i < predictions.length; i++) {
    for (let j = 0; j < query.length; j++) query[j] = columns[j][i];
    measureDistances(model, query, distances);
    selectNearest(distances, nearest);
    predictions[i] = combine(model, distances, nearest);
  }
  return predictions;
}

/**
 * Distances to the power `p`: the order is the same and the root is only taken for weights. Each adds its terms in the
 * order of the features. Hot: four sums at a time do not wait for each other; the last block may repeat rows.
 */
function measureDistances({ rows, p }: NeighboursModel, query: Float64Array, distances: Float64Array): void {
  const width = query.length;
  const last = distances.length - 1;
  for (let row = 0; row <= last; row += 4) {
    const row1 = Math.min(row + 1, last);
    const row2 = Math.min(row + 2, last);
    const row3 = Math.min(row + 3, last);
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < width; j++) {
      const difference0 = query[j] - rows[row * width + j];
      const difference1 = query[j] - rows[row1 * width + j];
      const difference2 = query[j] - rows[row2 * width + j];
      const difference3 = query[j] - rows[row3 * width + j];
      sum0 += p === 1 ? Math.abs(difference0) : difference0 * difference0;
      sum1 += p === 1 ? Math.abs(difference1) : difference1 * difference1;
      sum2 += p === 1 ? Math.abs(difference2) : difference2 * difference2;
      sum3 += p === 1 ? Math.abs(difference3) : difference3 * difference3;
    }
    distances[row] = sum0;
    distances[row1] = sum1;
    distances[row2] = sum2;
    distances[row3] = sum3;
  }
}

/** Writes the indices of the smallest distances, nearest first, by insertion: k is small. */
function selectNearest(distances: Float64Array, nearest: Int32Array): void {
  let filled = 0;
  for (let row = 0; row < distances.length; row++) {
    if (filled === nearest.length && !(distances[row] < distances[nearest[filled - 1]])) continue;
    let at = filled < nearest.length ? filled++ : filled - 1;
    for (; at > 0 && distances[row] < distances[nearest[at - 1]]; at--) nearest[at] = nearest[at - 1];
    nearest[at] = row;
  }
}

function combine(model: NeighboursModel, distances: Float64Array, nearest: Int32Array): number {
  // A row with a missing value is near to nothing.
  if (Number.isNaN(distances[nearest[0]])) return Number.NaN;
  const exact = model.weights === 'distance' && distances[nearest[0]] === 0;
  let sum = 0;
  let weightSum = 0;
  for (const row of nearest) {
    const weight = weigh(model, distances[row], exact);
    sum += weight * model.targets[row];
    weightSum += weight;
  }
  return sum / weightSum;
}

function weigh(model: NeighboursModel, powered: number, exact: boolean): number {
  if (model.weights === 'uniform') return 1;
  if (exact) return powered === 0 ? 1 : 0;
  return 1 / (model.p === 1 ? powered : Math.sqrt(powered));
}
