import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';
import { neighbourRows, type NeighbourRows } from './neighbour-rows.js';
import { poweredDistances } from './powered-distances.js';

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

/** How neighbours answer: how many, and with which weights. */
export type NeighbourVote = Pick<NeighboursModel, 'k' | 'weights'>;

/** Predicts by brute force; among equal distances the earlier training row is the nearer one. */
export function predictNeighbours(model: NeighboursModel, source: Table): Float64Array {
  return predictNeighbourVotes(model, [model], source)[0];
}

/**
 * Predicts with several `k` and weights at once: the neighbours of a row are looked for once.
 *
 * @param model Its `k` is at least that of every vote; its own vote does not count.
 * @returns One list of predictions per vote, each equal to those of the model with that `k` and these weights.
 * @throws TABLE_NOT_NUMERIC, MODEL_FEATURES
 */
export function predictNeighbourVotes(
  model: NeighboursModel,
  votes: readonly NeighbourVote[],
  source: Table,
): readonly Float64Array[] {
  const columns = modelColumns(model.features, source);
  const rows = preparedRows(model);
  const query = new Float64Array(columns.length);
  const distances = new Float64Array(model.targets.length);
  const nearest = new Int32Array(model.k);
  const predictions = votes.map(() => new Float64Array(source.rowCount));
  for (let i = 0; i < source.rowCount; i++) {
    for (let j = 0; j < query.length; j++) query[j] = columns[j][i];
    poweredDistances(rows, model.p, query, distances);
    selectNearest(distances, nearest);
    votes.forEach((vote, v) => (predictions[v][i] = combine(model, vote, distances, nearest)));
  }
  return predictions;
}

/** Prepared once per model, so that predicting single rows costs no more than measuring them. */
const prepared = new WeakMap<Float64Array, NeighbourRows>();

function preparedRows({ rows, features, targets }: NeighboursModel): NeighbourRows {
  const known = prepared.get(rows);
  if (known !== undefined) return known;
  const made = neighbourRows(rows, features.length, targets.length);
  prepared.set(rows, made);
  return made;
}

/** Writes the indices of the smallest distances, nearest first, by insertion: k is small. */
function selectNearest(distances: Float64Array, nearest: Int32Array): void {
  const k = nearest.length;
  let filled = 0;
  let furthest = Infinity;
  for (let row = 0; row < distances.length; row++) {
    const distance = distances[row];
    if (filled === k && !(distance < furthest)) continue;
    let at = filled < k ? filled++ : k - 1;
    for (; at > 0 && distance < distances[nearest[at - 1]]; at--) nearest[at] = nearest[at - 1];
    nearest[at] = row;
    furthest = distances[nearest[filled - 1]];
  }
}

function combine(model: NeighboursModel, vote: NeighbourVote, distances: Float64Array, nearest: Int32Array): number {
  // A row with a missing value is near to nothing.
  if (Number.isNaN(distances[nearest[0]])) return Number.NaN;
  const exact = vote.weights === 'distance' && distances[nearest[0]] === 0;
  let sum = 0;
  let weightSum = 0;
  for (let i = 0; i < vote.k; i++) {
    const row = nearest[i];
    const weight = weigh(vote, model.p, distances[row], exact);
    sum += weight * model.targets[row];
    weightSum += weight;
  }
  return sum / weightSum;
}

function weigh({ weights }: NeighbourVote, p: 1 | 2, powered: number, exact: boolean): number {
  if (weights === 'uniform') return 1;
  if (exact) return powered === 0 ? 1 : 0;
  return 1 / (p === 1 ? powered : Math.sqrt(powered));
}
