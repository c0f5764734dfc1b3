import { explainedVariance } from './explained-variance.js';
import { maxError } from './max-error.js';
import { meanAbsolutePercentageError } from './mean-absolute-percentage-error.js';
import { medianAbsoluteError } from './median-absolute-error.js';
import { meanAbsoluteError, r2Score, rootMeanSquaredError } from './regression-metrics.js';

/** A way to score predictions, and how to read its numbers. */
export interface Metric {
  /** What people call it: `median absolute error`. */
  readonly label: string;
  /** Which of two scores is the better one. */
  readonly better: 'higher' | 'lower';
  /** What the score is measured in: nothing, the target's unit, or shares of the true value. */
  readonly unit: 'none' | 'target' | 'share';
  /** @throws STATS_LENGTH when the lists differ in length or are empty. */
  score(this: void, yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number;
}

/** The names of all metrics. */
export type MetricName =
  'r2' | 'mae' | 'rmse' | 'medianAbsoluteError' | 'maxError' | 'explainedVariance' | 'meanAbsolutePercentageError';

/**
 * All metrics by name, each equal to scikit-learn's.
 *
 * @example
 * metrics.mae.score([1, 2], [2, 4]); // => 1.5
 */
export const metrics: Readonly<Record<MetricName, Metric>> = Object.freeze({
  r2: { label: 'R2', better: 'higher', unit: 'none', score: r2Score },
  mae: { label: 'MAE', better: 'lower', unit: 'target', score: meanAbsoluteError },
  rmse: { label: 'RMSE', better: 'lower', unit: 'target', score: rootMeanSquaredError },
  medianAbsoluteError: { label: 'median absolute error', better: 'lower', unit: 'target', score: medianAbsoluteError },
  maxError: { label: 'largest error', better: 'lower', unit: 'target', score: maxError },
  explainedVariance: { label: 'explained variance', better: 'higher', unit: 'none', score: explainedVariance },
  meanAbsolutePercentageError: {
    label: 'MAPE',
    better: 'lower',
    unit: 'share',
    score: meanAbsolutePercentageError,
  },
});
