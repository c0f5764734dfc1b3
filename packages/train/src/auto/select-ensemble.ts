import type { ScoringName } from '../search/scoring.js';
import type { Combination, JointPredictions } from './error-products.js';
import { growingAverage, type GrowingAverage } from './growing-average.js';

/** How an ensemble is selected. */
interface SelectionLimits {
  /** What the ensemble is to be good at. Default `r2`. */
  readonly metric?: ScoringName;
  /** How often a member is added; each counts the same. Default 50. */
  readonly rounds?: number;
  /** How many different members there may be: each must be fitted. Default 8. */
  readonly maxMembers?: number;
}

/**
 * Greedy ensemble selection with replacement: begins with the best candidates as long as averaging one more of them
 * helps, then adds the candidate, new or again, with which the average scores best. The best average of all rounds wins;
 * among equal ones the earlier round, and the candidate that comes first.
 *
 * Source: R. Caruana, A. Niculescu-Mizil, G. Crew and A. Ksikes, "Ensemble Selection from Libraries of Models", ICML
 * (2004), with its sorted initialisation and selection with replacement.
 *
 * @returns Weights that are not negative and sum to 1, as multiples of one over the rounds; no intercept.
 * @example
 * const predictions = [Float64Array.of(0, 2), Float64Array.of(2, 0), Float64Array.of(9, 9)];
 * Array.from(selectEnsemble({ predictions, target: Float64Array.of(1, 1) }).weights); // => [0.5, 0.5, 0]
 */
export function selectEnsemble(
  joint: JointPredictions,
  { metric = 'r2', rounds = 50, maxMembers = 8 }: SelectionLimits = {},
): Combination {
  const count = joint.predictions.length;
  const selection = new GreedySelection(growingAverage(joint, metric), count, maxMembers);
  selection.start();
  while (selection.size < rounds) selection.add(selection.bestNext());
  return { weights: selection.best.map((times) => times / selection.bestSize), intercept: 0 };
}

/** The counts of a growing ensemble, and the best that it has been: a class, since every round changes them. */
class GreedySelection {
  readonly #average: GrowingAverage;
  readonly #maxMembers: number;
  readonly #times: Float64Array;
  #bestLoss = Infinity;
  size = 0;
  best: Float64Array;
  bestSize = 0;

  constructor(average: GrowingAverage, count: number, maxMembers: number) {
    this.#average = average;
    this.#maxMembers = maxMembers;
    this.#times = new Float64Array(count);
    this.best = new Float64Array(count);
  }

  /** Sorted initialisation. */
  start(): void {
    const alone = this.#times.map((_, candidate) => this.#average.lossWith(candidate));
    const order = Array.from(this.#times.keys()).sort((a, b) => alone[a] - alone[b] || a - b);
    for (const candidate of order) {
      const helps = this.size === 0 || this.#average.lossWith(candidate) < this.#average.loss();
      if (!helps || this.#memberCount() === this.#maxMembers) return;
      this.add(candidate);
    }
  }

  bestNext(): number {
    const isFull = this.#memberCount() === this.#maxMembers;
    let next = -1;
    let least = Infinity;
    for (let candidate = 0; candidate < this.#times.length; candidate++) {
      if (isFull && this.#times[candidate] === 0) continue;
      const loss = this.#average.lossWith(candidate);
      if (next < 0 || loss < least) [next, least] = [candidate, loss];
    }
    return next;
  }

  add(candidate: number): void {
    this.#average.add(candidate);
    this.#times[candidate]++;
    this.size++;
    const loss = this.#average.loss();
    if (!(loss < this.#bestLoss)) return;
    this.#bestLoss = loss;
    this.best = this.#times.slice();
    this.bestSize = this.size;
  }

  #memberCount(): number {
    return this.#times.filter((times) => times > 0).length;
  }
}
