import { mean, metrics, standardDeviation } from '@scorecast/core';
import type { ScoringName } from '../search/scoring.js';
import { studentTQuantile } from './student-t-quantile.js';

/** A mean over the folds of a repeated cross-validation, with an interval that knows that folds share rows. */
export interface CorrectedInterval {
  readonly mean: number;
  /** The standard deviation over the folds (ddof 1). */
  readonly sd: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The corrected t interval of repeated cross-validation: the variance of the mean is `(1 / n + testShare / (1 -
 * testShare)) sd^2` where that of independent values would be `sd^2 / n`. Training parts overlap, so folds agree more
 * than independent samples would, and without the correction every difference becomes significant by more repeats.
 *
 * Source: C. Nadeau and Y. Bengio, "Inference for the Generalization Error", Machine Learning 52 (2003); for repeats,
 * R. Bouckaert and E. Frank, PAKDD (2004).
 *
 * @param values One per fold of all repeats, at least 2: scores, or differences of two candidates' scores.
 * @param testShare The share of rows in a fold's test part: .2 for five folds.
 * @param level Between 0 and 1, default .95.
 * @example
 * correctedInterval([1, 1, 1], 0.2).upper; // => 1
 */
export function correctedInterval(values: readonly number[], testShare: number, level = 0.95): CorrectedInterval {
  const centre = mean(values);
  const sd = standardDeviation(values, 1);
  const standardError = sd * Math.sqrt(1 / values.length + testShare / (1 - testShare));
  const reach = standardError * studentTQuantile((1 + level) / 2, values.length - 1);
  return { mean: centre, sd, lower: centre - reach, upper: centre + reach };
}

/** The interval of a metric's scores, which ends where the metric does: no R2 is above 1, and no error below 0. */
export function scoreInterval(metric: ScoringName, scores: readonly number[], testShare: number): CorrectedInterval {
  const interval = correctedInterval(scores, testShare);
  return metrics[metric].better === 'higher'
    ? { ...interval, upper: Math.min(1, interval.upper) }
    : { ...interval, lower: Math.max(0, interval.lower) };
}
