import { predict, regressionMetrics, type RegressionMetrics } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { keyedRandom } from '../keyed-random.js';
import type { PreparedFold } from './prepare-fold.js';

/** How one estimator did in one fold. */
export interface FoldScore {
  /** On the rows that it learned from: far better than `test` means that it learned them by heart. */
  readonly train: RegressionMetrics;
  /** On the rows that it had not seen. */
  readonly test: RegressionMetrics;
  /** How long the fit took, without preprocessing and predicting; the only figure here that may differ between runs. */
  readonly fitTimeMs: number;
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
  const predictions = predict(model, fold.test);
  return {
    score: {
      train: regressionMetrics(fold.trainTarget, predict(model, fold.train)),
      test: regressionMetrics(fold.testTarget, predictions),
      fitTimeMs,
    },
    predictions,
  };
}
