import { predict } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import type { AnyFitFamily } from '../estimators/estimators.js';
import { keyedRandom } from '../keyed-random.js';
import type { PreparedFold } from './prepare-fold.js';
import { scorePredictions } from './score-predictions.js';
import type { Scores } from './scoring.js';

/** How one estimator did in one fold, by every metric. */
export interface FoldScore {
  /** On the rows that it learned from: far better than `test` means that it learned them by heart. */
  readonly train: Scores;
  /** On the rows that it had not seen. */
  readonly test: Scores;
  /**
   * How long the fit took, without preprocessing; the only figure here that may differ between runs. Where one fit
   * answered several candidates, each has an equal part of its time, predicting included.
   */
  readonly fitTimeMs: number;
  /** How many candidates shared the fit; absent where it had its own. */
  readonly sharedBy?: number;
}

/** What every fit of a search may use besides its data. */
export interface FoldContext {
  readonly seed: number;
  /** A clock in milliseconds. */
  now(this: void): number;
}

/** A fold's score and the predictions for its test rows. */
export interface FoldEvaluation {
  readonly score: FoldScore;
  readonly predictions: Float64Array;
}

/**
 * Fits an estimator to a fold's training rows and scores it on both parts.
 *
 * Every fold gets the same random source, as with an integer `random_state` in scikit-learn: a candidate's score does
 * not depend on what else is tried, nor on where.
 */
export function evaluateFold(estimator: Estimator, fold: PreparedFold, context: FoldContext): FoldEvaluation {
  const startedAt = context.now();
  const model = estimator.fit(fold.train, fold.trainTarget, { random: keyedRandom(context.seed) });
  const fitTimeMs = context.now() - startedAt;
  return scored(fold, predict(model, fold.train), predict(model, fold.test), { fitTimeMs });
}

/**
 * The same for candidates that one fit answers: one evaluation per member, equal to {@link evaluateFold} of that member
 * in all but the time.
 *
 * @param members Their params.
 */
export function evaluateFamily(
  family: AnyFitFamily,
  members: readonly unknown[],
  fold: PreparedFold,
  context: FoldContext,
): readonly FoldEvaluation[] {
  const startedAt = context.now();
  const run = { random: keyedRandom(context.seed) };
  const answers = family.predictAll(members, fold.train, fold.trainTarget, run, [fold.train, fold.test]);
  const sharedBy = members.length;
  const fitTimeMs = (context.now() - startedAt) / sharedBy;
  return answers.map(([train, test]) => scored(fold, train, test, { fitTimeMs, sharedBy }));
}

function scored(
  fold: PreparedFold,
  train: Float64Array,
  test: Float64Array,
  fit: Pick<FoldScore, 'fitTimeMs' | 'sharedBy'>,
): FoldEvaluation {
  const score = {
    train: scorePredictions(fold.trainTarget, train),
    test: scorePredictions(fold.testTarget, test),
    ...fit,
  };
  return { score, predictions: test };
}
