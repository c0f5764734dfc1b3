import type { Table, TreeEnsemble } from '@scorecast/core';
import { boostTrees, type BoostedTrees } from '../boosting/boost-trees.js';
import type { Loss } from '../boosting/loss.js';
import { absoluteError, huber, lowerQuantile, quantileLoss, squaredError } from '../boosting/losses.js';
import { stagedSums } from '../boosting/staged-sums.js';
import type { Estimator, FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { choice, integer, readParams, real, type ParamValues } from '../params.js';
import { trainingColumns } from '../training-data.js';
import { copyTree } from '../trees/grown-tree.js';
import { growthLimits, growthParams } from '../trees/growth-params.js';
import { maxFeatures } from '../trees/max-features.js';

/** The params of {@link gradientBoosting}. */
export const gradientBoostingParams = {
  loss: choice({
    about: 'what is made small: it decides whether means, medians or quantiles are predicted',
    default: 'squared_error',
    options: ['squared_error', 'absolute_error', 'huber', 'quantile'],
  }),
  learningRate: real({ about: 'the share of each tree that is added', default: 0.1, above: 0 }),
  nEstimators: integer({ about: 'how many trees', default: 100, min: 1 }),
  subsample: real({ about: 'the share of rows that each tree sees', default: 1, above: 0, max: 1 }),
  alpha: real({ about: 'the quantile of the huber and quantile losses', default: 0.9, above: 0, max: 1 }),
  criterion: choice({
    about: 'what cuts make small; both choose the same cuts',
    default: 'friedman_mse',
    options: ['friedman_mse', 'squared_error'],
  }),
  ...growthParams,
  maxDepth: integer({ about: 'the longest way from the root to a leaf', default: 3, min: 1 }),
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: null }),
};

/** The values of {@link gradientBoostingParams}. */
export type GradientBoostingParams = ParamValues<typeof gradientBoostingParams>;

const name = 'gradient-boosting';

/**
 * A sum of small trees, each grown on what those before it leave of the loss. Missing values and columns of level codes
 * are taken as they are.
 *
 * `prediction = base + learningRate * sum over trees`; the base is the targets' mean, median or quantile, and a leaf
 * holds the best constant for its rows. An ensemble begins with every smaller ensemble of the same params.
 *
 * Source: J. Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29 (2001), and
 * "Stochastic gradient boosting" (2002). Params as scikit-learn's `GradientBoostingRegressor`. Its two criteria
 * differ by a factor that is the same for all cuts of a node, so that they grow the same trees.
 *
 * @param params `loss` (default `squared_error`; `absolute_error`, `huber`, `quantile`), `learningRate` (above 0, default
 * .1), `nEstimators` (default 100), `subsample` (a share of the rows, default 1), `alpha` (quantile, default .9),
 * `criterion` (default `friedman_mse`, or `squared_error`), `maxDepth` (default 3), `minSamplesSplit` (default 2),
 * `minSamplesLeaf` (default 1), `maxFeatures` (default null, all).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const y = Float64Array.of(10, 10, 70, 70);
 * const model = gradientBoosting({ nEstimators: 2, learningRate: 0.5 }).fit(x, y, { random: keyedRandom(42) });
 * Array.from(predict(model, x)); // => [17.5, 17.5, 62.5, 62.5]
 */
export function gradientBoosting(
  params: Partial<GradientBoostingParams> = {},
): Estimator<GradientBoostingParams, TreeEnsemble> {
  const checked = readParams(name, gradientBoostingParams, params);
  return {
    name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    takesNominal: true,
    fit: (x, y, run) => {
      const { base, trees } = boost(checked, x, y, run);
      const features = x.columns.map((column) => column.name);
      return { kind: 'tree-ensemble', features, combine: 'sum', base, trees: Array.from(trees, copyTree) };
    },
  };
}

/** One ensemble of the largest size answers all smaller ones. */
export const gradientBoostingFamily: FitFamily<GradientBoostingParams> = {
  about: 'one boosted ensemble of the largest size',
  shared: ({ nEstimators: _size, criterion: _same, ...rest }) => rest,
  predictAll: (members, x, y, run, tables) => {
    const counts = members.map(({ nEstimators }) => nEstimators);
    const boosted = boost({ ...members[0], nEstimators: Math.max(...counts) }, x, y, run);
    return stagedSums(boosted, x, counts, tables);
  },
};

function boost(params: GradientBoostingParams, x: Table, y: Float64Array, run: FitContext): BoostedTrees {
  const columns = trainingColumns(name, x, y, 'taken', 'taken');
  const boosting = {
    loss: lossOf(params),
    stages: params.nEstimators,
    learningRate: params.learningRate,
    subsample: params.subsample,
    limits: growthLimits(params, columns.length),
  };
  return boostTrees(x, columns, y, boosting, run.random);
}

function lossOf({ loss, alpha }: GradientBoostingParams): Loss {
  switch (loss) {
    case 'squared_error':
      return squaredError;
    case 'absolute_error':
      return absoluteError(lowerQuantile);
    case 'huber':
      return huber(alpha);
    case 'quantile':
      return quantileLoss(alpha, lowerQuantile);
    default:
      return loss satisfies never;
  }
}
