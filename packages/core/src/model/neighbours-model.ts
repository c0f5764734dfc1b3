import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';
import { indexPays, neighbourIndex, searchIndex, type NeighbourIndex } from './neighbour-index.js';
import { hasOnlyBits, neighbourRows, packBits, type NeighbourRows } from './neighbour-rows.js';
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

/** Among equal distances the earlier training row is the nearer one. */
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
  const prepared = preparedRows(model);
  const query = new Float64Array(columns.length);
  const distances = new Float64Array(model.targets.length);
  const nearest = new Int32Array(model.k);
  const predictions = votes.map(() => new Float64Array(source.rowCount));
  for (let i = 0; i < source.rowCount; i++) {
    for (let j = 0; j < query.length; j++) query[j] = columns[j][i];
    if (!findByIndex(prepared, model.p, query, distances, nearest)) {
      poweredDistances(prepared.rows, model.p, query, distances);
      selectNearest(distances, nearest);
    }
    votes.forEach((vote, v) => (predictions[v][i] = combine(model, vote, distances, nearest)));
  }
  return predictions;
}

/** Prepared once per model, so that predicting single rows costs no more than measuring them. */
const preparedByRows = new WeakMap<Float64Array, PreparedRows>();

interface PreparedRows {
  readonly rows: NeighbourRows;
  readonly index?: NeighbourIndex;
}

function preparedRows({ rows, features, targets }: NeighboursModel): PreparedRows {
  const known = preparedByRows.get(rows);
  if (known !== undefined) return known;
  const packed = neighbourRows(rows, features.length, targets.length);
  const made = indexPays(packed) ? { rows: packed, index: neighbourIndex(packed) } : { rows: packed };
  preparedByRows.set(rows, made);
  return made;
}

/**
 * Looks the nearest rows up in the index, where there is one and it can say: it measures no missing values and no
 * indicators between 0 and 1.
 */
function findByIndex(
  { rows, index }: PreparedRows,
  p: 1 | 2,
  query: Float64Array,
  distances: Float64Array,
  nearest: Int32Array,
): boolean {
  if (index === undefined || !hasOnlyBits(query, rows.indicators)) return false;
  const point = Float64Array.from(rows.measured, (j) => query[j]);
  if (point.some(Number.isNaN)) return false;
  searchIndex(index, p, point, packBits(query, rows.indicators), distances, nearest);
  return true;
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
