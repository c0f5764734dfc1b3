import type { FoldScore, Scores } from '../../src/index.js';

/** Scores by every metric, as if all went with R2. */
function scoresAt(r2: number): Scores {
  const error = 1 - r2;
  return {
    r2,
    mae: error,
    rmse: 2 - r2,
    medianAbsoluteError: error / 2,
    maxError: 3 * error,
    explainedVariance: r2,
    meanAbsolutePercentageError: error / 10,
  };
}

/** A fold in which the training rows were learned by heart. */
export function foldAt(r2: number): FoldScore {
  return { train: scoresAt(1), test: scoresAt(r2), fitTimeMs: 10 };
}
