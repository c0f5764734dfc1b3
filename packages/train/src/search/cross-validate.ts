import type { Estimator } from '../estimator.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Fold } from '../splits/fold.js';
import { evaluateFold, type FoldScore } from './evaluate-fold.js';
import { prepareFold, type LearningData } from './prepare-fold.js';
import { repeatOf, type SearchPlan } from './search-plan.js';

/** What {@link crossValidate} needs. */
export interface CrossValidationOptions extends LearningData {
  readonly estimator: Estimator;
  readonly folds: readonly Fold[];
  /** How columns become numbers; fitted anew in each fold. Default: the usual chain. */
  readonly preprocessing?: PreprocessingOptions;
  /** Seed of the fits, 0 to 2^32 - 1. Default 42. */
  readonly seed?: number;
  /** A clock in milliseconds, for the fit times. Default `performance.now`. */
  now?(this: void): number;
}

/** Every fold's score, and what each row was predicted by a model that had not seen it. */
export interface CrossValidation {
  /** In the order of the folds. */
  readonly folds: readonly FoldScore[];
  /** One per row of the data: the mean where several folds test a row, NaN where none does. */
  readonly predictions: Float64Array;
}

/**
 * Cross-validates one estimator: in each fold, preprocessing and model learn from the training rows alone and are
 * scored on the test rows.
 *
 * @throws What preprocessing and estimator throw, such as TRAIN_TOO_FEW_ROWS.
 */
export function crossValidate(options: CrossValidationOptions): CrossValidation {
  const { estimator, folds, preprocessing = {}, seed = 42, now = () => performance.now() } = options;
  const outOfFold = outOfFoldPredictions({ folds, repeats: 1 }, options.target.length);
  const scores = folds.map((fold, k) => {
    const { score, predictions } = evaluateFold(estimator, prepareFold(options, preprocessing, fold), { seed, now });
    outOfFold.add(k, predictions);
    return score;
  });
  return { folds: scores, predictions: outOfFold.means() };
}

/**
 * Collects the predictions of folds into one list: by row, and repeat after repeat. What one model predicts is never averaged
 * with what a model of another repeat does: an average would err less than any model that will be used.
 */
export function outOfFoldPredictions(cut: Pick<SearchPlan, 'folds' | 'repeats'>, rowCount: number) {
  const sums = new Float64Array(rowCount * cut.repeats);
  const counts = new Int32Array(rowCount * cut.repeats);
  return {
    add(fold: number, predictions: Float64Array): void {
      const start = rowCount * repeatOf(cut, fold);
      cut.folds[fold].test.forEach((row, i) => {
        sums[start + row] += predictions[i];
        counts[start + row]++;
      });
    },
    means: (): Float64Array => sums.map((sum, row) => sum / counts[row]),
  };
}
