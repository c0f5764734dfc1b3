import { type Bundle } from '@scorecast/core';
import { formatScore } from '../search/format-score.js';

/** From this R2 on that training rows are ahead of others, the model knows them partly by heart. */
export const OVERFIT_GAP = 0.1;

/** What the winner's scores side by side, and its predictions, say about trusting it. */
export function overfitWarnings(
  { metrics, schema }: Omit<Bundle, 'version'>,
  outOfFold: Float64Array,
): readonly string[] {
  const { train, cv, cvSd, test } = metrics;
  const warnings: string[] = [];
  if (train.r2 - cv.r2 > OVERFIT_GAP) {
    warnings.push(
      `the model fits its training rows better than others (R2 ${formatScore(train.r2)} against ${formatScore(cv.r2)} in the folds): trust the latter`,
    );
  }
  if (cv.r2 - test.r2 > Math.max(2 * cvSd.r2, OVERFIT_GAP)) {
    warnings.push(
      `the test part scores far below the folds (R2 ${formatScore(test.r2)} against ${formatScore(cv.r2)}): the parts differ, or the search was lucky`,
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
