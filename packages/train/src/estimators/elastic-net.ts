import type { LinearModel } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { coordinateDescent } from '../linear-algebra/coordinate-descent.js';
import { readParams, real, type ParamValues } from '../params.js';
import { lassoParams } from './lasso.js';
import { fitLinear, linearFamily } from './linear-fit.js';

/** The params of {@link elasticNet}. */
export const elasticNetParams = {
  alpha: real({ about: 'how much coefficients cost', default: 1, min: 0 }),
  l1Ratio: real({ about: 'the share of that for absolute coefficients; 1 is the lasso', default: 0.5, min: 0, max: 1 }),
  maxIterations: lassoParams.maxIterations,
  tolerance: lassoParams.tolerance,
};

/** The values of {@link elasticNetParams}. */
export type ElasticNetParams = ParamValues<typeof elasticNetParams>;

/**
 * The elastic net: minimises `|y - X w - intercept|^2 / (2 n) + alpha l1Ratio |w|_1 + alpha (1 - l1Ratio) |w|^2 / 2`. It
 * makes coefficients zero as {@link lasso} does, and shares weight between columns that go together as {@link ridge}
 * does. The penalty treats all columns alike, so scale them first. With `l1Ratio` 0 prefer {@link ridge}, which needs no
 * iterations: the rule to stop has nothing to hold on to there and all rounds are made.
 *
 * Source: H. Zou and T. Hastie, "Regularization and Variable Selection via the Elastic Net", J. R. Stat. Soc. B 67
 * (2005). By cyclic coordinate descent that stops as scikit-learn's `ElasticNet` does; `maxIterations` and `tolerance`
 * are its `max_iter` and `tol`.
 *
 * @param params `alpha` (default 1, at least 0), `l1Ratio` (default .5, 0 to 1), `maxIterations` (default 1000),
 * `tolerance` (default 1e-4).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [-1, 0, 1]), numericColumn('luck', [1, -2, 1])]);
 * const model = elasticNet({ alpha: 2 }).fit(x, Float64Array.of(-4, 0, 4), { random: keyedRandom(42) });
 * Array.from(model.coefficients); // => [1, 0]
 */
export function elasticNet(params: Partial<ElasticNetParams> = {}): Estimator<ElasticNetParams, LinearModel> {
  const checked = readParams(name, elasticNetParams, params);
  return {
    name,
    complexity: 1,
    params: checked,
    fit: (x, y, run) => fitLinear(name, coordinateDescent, [checked], x, y, run.warn)[0],
  };
}

const name = 'elastic-net';

/** One factor of the training rows serves every alpha and ratio. */
export const elasticNetFamily = linearFamily<ElasticNetParams>(name, coordinateDescent);
