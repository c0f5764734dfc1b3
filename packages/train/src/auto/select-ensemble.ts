import { errorProducts, type Combination, type JointPredictions } from './error-products.js';

/** How an ensemble is selected. */
interface SelectionLimits {
  /** How often a member is added; each counts the same. Default 50. */
  readonly rounds?: number;
  /** How many different members there may be: each must be fitted. Default 8. */
  readonly maxMembers?: number;
}

/**
 * Greedy ensemble selection with replacement: begins with the best candidates as long as averaging one more of them
 * helps, then adds the candidate, new or again, with which the average has the smallest squared error. The best average
 * of all rounds wins; among equal ones the earlier round, and the candidate that comes first.
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
  { rounds = 50, maxMembers = 8 }: SelectionLimits = {},
): Combination {
  const count = joint.predictions.length;
  const selection = new GreedySelection(errorProducts(joint), count, maxMembers);
  selection.start();
  while (selection.size < rounds) selection.add(selection.bestNext());
  return { weights: selection.best.map((times) => times / selection.bestSize), intercept: 0 };
}

/** The counts of a growing ensemble, with the sums that tell its error: a class, since every round changes them. */
class GreedySelection {
  readonly #products: Float64Array;
  readonly #count: number;
  readonly #maxMembers: number;
  readonly #times: Float64Array;
  /** For each candidate the sum of its error products with all members so far. */
  readonly #cross: Float64Array;
  /** The squared error of the sum (not the mean) of all members so far. */
  #total = 0;
  #bestError = Infinity;
  size = 0;
  best: Float64Array;
  bestSize = 0;

  constructor(products: Float64Array, count: number, maxMembers: number) {
    this.#products = products;
    this.#count = count;
    this.#maxMembers = maxMembers;
    this.#times = new Float64Array(count);
    this.#cross = new Float64Array(count);
    this.best = new Float64Array(count);
  }

  /** Sorted initialisation. */
  start(): void {
    const order = Array.from(this.#times.keys()).sort((a, b) => this.#own(a) - this.#own(b) || a - b);
    for (const candidate of order) {
      const helps = this.size === 0 || this.#errorWith(candidate) < this.#total / this.size ** 2;
      if (!helps || this.#memberCount() === this.#maxMembers) return;
      this.add(candidate);
    }
  }

  bestNext(): number {
    const isFull = this.#memberCount() === this.#maxMembers;
    let next = -1;
    let least = Infinity;
    for (let candidate = 0; candidate < this.#count; candidate++) {
      if (isFull && this.#times[candidate] === 0) continue;
      const error = this.#errorWith(candidate);
      if (next < 0 || error < least) [next, least] = [candidate, error];
    }
    return next;
  }

  add(candidate: number): void {
    this.#total += 2 * this.#cross[candidate] + this.#own(candidate);
    for (let other = 0; other < this.#count; other++) {
      this.#cross[other] += this.#products[candidate * this.#count + other];
    }
    this.#times[candidate]++;
    this.size++;
    const error = this.#total / this.size ** 2;
    if (!(error < this.#bestError)) return;
    this.#bestError = error;
    this.best = this.#times.slice();
    this.bestSize = this.size;
  }

  /** The squared error of the mean of all members and this one. */
  #errorWith(candidate: number): number {
    return (this.#total + 2 * this.#cross[candidate] + this.#own(candidate)) / (this.size + 1) ** 2;
  }

  #own(candidate: number): number {
    return this.#products[candidate * this.#count + candidate];
  }

  #memberCount(): number {
    return this.#times.filter((times) => times > 0).length;
  }
}
