import type { LinearModel } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { leastSquaresSolution } from '../linear-algebra/least-squares-solution.js';
import { readParams } from '../params.js';
import { fitLinear } from './linear-fit.js';

/** Least squares has no params. */
export const leastSquaresParams = {};

/** No values. */
export type LeastSquaresParams = Readonly<Record<string, never>>;

/**
 * Ordinary least squares: the coefficients `w` and intercept that minimise `|y - X w - intercept|^2`. Where columns
 * depend on each other, as one-hot columns do, the shortest such `w`, as scikit-learn's `LinearRegression`.
 *
 * @throws TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH, TRAIN_TARGET_VALUE,
 * TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 3])]);
 * const model = leastSquares().fit(x, Float64Array.of(12, 14, 16), { random: keyedRandom(42) });
 * Math.round(predict(model, table([numericColumn('hours', [10])]))[0]); // => 30
 */
export function leastSquares(params: LeastSquaresParams = {}): Estimator<LeastSquaresParams, LinearModel> {
  const name = 'least-squares';
  return {
    name,
    complexity: 1,
    params: readParams(name, leastSquaresParams, params),
    fit: (x, y) => fitLinear(name, leastSquaresSolution, [params], x, y)[0],
  };
}
