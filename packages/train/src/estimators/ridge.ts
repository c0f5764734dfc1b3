import type { LinearModel } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { absorbRows } from '../linear-algebra/absorb-rows.js';
import type { CenteredFactor } from '../linear-algebra/centered-factor.js';
import { leastSquaresSolution } from '../linear-algebra/least-squares-solution.js';
import { readParams, real, type ParamValues } from '../params.js';
import { fitLinear, linearFamily, type LinearSolver } from './linear-fit.js';

/** The params of {@link ridge}. */
export const ridgeParams = {
  alpha: real({ about: 'how much squared coefficients cost; 0 is least squares', default: 1, min: 0 }),
};

/** The values of {@link ridgeParams}. */
export type RidgeParams = ParamValues<typeof ridgeParams>;

/**
 * Ridge regression: minimises `|y - X w - intercept|^2 + alpha |w|^2`. The penalty treats all columns alike, so scale
 * them first.
 *
 * Source: A. E. Hoerl and R. W. Kennard, "Ridge Regression", Technometrics 12 (1970). Equal to scikit-learn's `Ridge`.
 *
 * @param params `alpha` (default 1, at least 0).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [-1, 0, 1])]);
 * const model = ridge({ alpha: 2 }).fit(x, Float64Array.of(-4, 0, 4), { random: keyedRandom(42) });
 * Math.round(model.coefficients[0]); // => 2
 */
export function ridge(params: Partial<RidgeParams> = {}): Estimator<RidgeParams, LinearModel> {
  const checked = readParams(name, ridgeParams, params);
  return {
    name,
    complexity: 1,
    params: checked,
    fit: (x, y) => fitLinear(name, solve, [checked], x, y)[0],
  };
}

const name = 'ridge';

const solve: LinearSolver<RidgeParams> = (training, { alpha }) => leastSquaresSolution(withPenalty(training, alpha));

/** One factor of the training rows serves every alpha. */
export const ridgeFamily = linearFamily(name, solve);

/** The penalty as rows of data: `sqrt(alpha)` for one feature each, with the target 0. */
function withPenalty(training: CenteredFactor, alpha: number): CenteredFactor {
  const { width } = training;
  const featureCount = width - 1;
  const rows = new Float64Array(featureCount * width);
  for (let j = 0; j < featureCount; j++) rows[j * featureCount + j] = Math.sqrt(alpha);
  const factor = training.factor.slice();
  absorbRows(factor, width, rows, featureCount, featureCount);
  return { ...training, factor };
}
