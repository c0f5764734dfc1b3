import { metrics as registry, type Bundle } from '@scorecast/core';
import { formatScore } from '../search/format-score.js';
import { oriented, type ScoringName } from '../search/scoring.js';
import { isOverfit } from './overfit.js';

/**
 * What the winner's scores side by side, and its predictions, say about trusting it.
 *
 * @param metric What it was chosen by.
 */
export function overfitWarnings(
  { metrics, schema }: Omit<Bundle, 'version'>,
  outOfFold: Float64Array,
  metric: ScoringName,
): readonly string[] {
  const [train, cv, sd, test] = [metrics.train, metrics.cv, metrics.cvSd, metrics.test].map(
    ({ [metric]: score = Number.NaN }) => score,
  );
  const { label } = registry[metric];
  const warnings: string[] = [];
  if (isOverfit(metric, train, cv)) {
    warnings.push(
      `the model fits its training rows better than others (${label} ${formatScore(train)} against ${formatScore(cv)} in the folds): trust the latter`,
    );
  }
  if (isOverfit(metric, cv, test) && oriented(metric, cv) - oriented(metric, test) > 2 * sd) {
    warnings.push(
      `the test part scores far worse than the folds (${label} ${formatScore(test)} against ${formatScore(cv)}): the parts differ, or the search was lucky`,
    );
  }
  const { min = -Infinity, max = Infinity, name } = schema.target;
  const outside = outOfFold.filter((value) => value < min || value > max).length / outOfFold.length;
  if (outside > 0.01) {
    warnings.push(
      `${(outside * 100).toFixed(1)} % of the predictions for training rows leave the range of ${JSON.stringify(name)} and are clipped to it when served`,
    );
  }
  return warnings;
}
