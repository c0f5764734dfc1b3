import { mean, type LinearModel } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { readParams } from '../params.js';
import { trainingColumns } from '../training-data.js';

/** The mean baseline has no params. */
export const meanBaselineParams = {};

/** No values. */
export type MeanBaselineParams = Readonly<Record<string, never>>;

/**
 * Predicts the mean of the training targets, whatever the features say: what every other estimator has to beat. It
 * becomes a linear model whose coefficients are all zero. As scikit-learn's `DummyRegressor`.
 *
 * @throws TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH, TRAIN_TARGET_VALUE,
 * TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 9])]);
 * const model = meanBaseline().fit(x, Float64Array.of(40, 50, 90), { random: keyedRandom(42) });
 * Array.from(predict(model, x)); // => [60, 60, 60]
 */
export function meanBaseline(params: MeanBaselineParams = {}): Estimator<MeanBaselineParams, LinearModel> {
  const name = 'mean';
  return {
    name,
    complexity: 0,
    params: readParams(name, meanBaselineParams, params),
    fit(x, y) {
      trainingColumns(name, x, y);
      return {
        kind: 'linear',
        features: x.columns.map((column) => column.name),
        coefficients: new Float64Array(x.columns.length),
        // Adding 0 turns -0 into 0, the only zero that JSON knows.
        intercept: mean(y) + 0,
      };
    },
  };
}
