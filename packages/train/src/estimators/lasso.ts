import type { LinearModel } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { coordinateDescent } from '../linear-algebra/coordinate-descent.js';
import { integer, readParams, real, type ParamValues } from '../params.js';
import { fitLinear, linearFamily, type LinearSolver } from './linear-fit.js';

/** The params of {@link lasso}. */
export const lassoParams = {
  alpha: real({ about: 'how much absolute coefficients cost', default: 1, min: 0 }),
  maxIterations: integer({ about: 'after how many rounds over all coefficients it stops', default: 1000, min: 1 }),
  tolerance: real({ about: 'how near to the optimum it stops, as a share of |y|^2', default: 1e-4, min: 0 }),
};

/** The values of {@link lassoParams}. */
export type LassoParams = ParamValues<typeof lassoParams>;

/**
 * The lasso: minimises `|y - X w - intercept|^2 / (2 n) + alpha |w|_1`, which makes coefficients zero. The penalty treats
 * all columns alike, so scale them first. Where it has not come near enough to the optimum after `maxIterations`, the
 * model is what it has then, as good as its score, and a warning says so; with `alpha` 0 prefer {@link leastSquares}.
 *
 * Source: R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", J. R. Stat. Soc. B 58 (1996). By cyclic
 * coordinate descent that stops as scikit-learn's `Lasso` does.
 *
 * @param params `alpha` (default 1, at least 0), `maxIterations` (default 1000), `tolerance` (default 1e-4).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [-1, 0, 1]), numericColumn('luck', [1, -2, 1])]);
 * const model = lasso({ alpha: 2 }).fit(x, Float64Array.of(-4, 0, 4), { random: keyedRandom(42) });
 * Array.from(model.coefficients, Math.round); // => [1, 0]
 */
export function lasso(params: Partial<LassoParams> = {}): Estimator<LassoParams, LinearModel> {
  const checked = readParams(name, lassoParams, params);
  return {
    name,
    complexity: 1,
    params: checked,
    fit: (x, y, run) => fitLinear(name, solve, [checked], x, y, run.warn)[0],
  };
}

const name = 'lasso';

const solve: LinearSolver<LassoParams> = (training, params, onUnsettled) =>
  coordinateDescent(training, { ...params, l1Ratio: 1 }, onUnsettled);

/** One factor of the training rows serves every alpha. */
export const lassoFamily = linearFamily(name, solve);
