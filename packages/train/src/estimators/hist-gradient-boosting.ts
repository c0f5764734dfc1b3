import { predictStages, quantile, type Table, type TreeEnsemble } from '@scorecast/core';
import { boostHistograms } from '../boosting/histogram/boost-histograms.js';
import type { Loss } from '../boosting/loss.js';
import { absoluteError, quantileLoss, squaredError } from '../boosting/losses.js';
import type { Estimator, FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { choice, integer, readParams, real, type ParamValues } from '../params.js';
import { trainingColumns } from '../training-data.js';

/** The params of {@link histGradientBoosting}. */
export const histGradientBoostingParams = {
  loss: choice({
    about: 'what is made small: it decides whether means, medians or quantiles are predicted',
    default: 'squared_error',
    options: ['squared_error', 'absolute_error', 'quantile'],
  }),
  quantile: real({ about: 'which quantile the quantile loss predicts', default: 0.5, min: 0, max: 1 }),
  learningRate: real({ about: 'the share of each tree that is added', default: 0.1, above: 0 }),
  maxIter: integer({ about: 'how many trees', default: 100, min: 1 }),
  maxLeafNodes: integer({ about: 'how many leaves a tree has at most', default: 31, min: 2 }),
  maxDepth: integer({ about: 'the longest way from the root to a leaf; null for no limit', default: null, min: 1 }),
  minSamplesLeaf: integer({ about: 'no cut leaves fewer rows on a side', default: 20, min: 1 }),
  l2Regularization: real({ about: 'added to the rows of a leaf, which draws small leaves to 0', default: 0, min: 0 }),
  maxBins: integer({ about: 'how many bins the values of a feature are sorted into', default: 255, min: 2, max: 255 }),
};

/** The values of {@link histGradientBoostingParams}. */
export type HistGradientBoostingParams = ParamValues<typeof histGradientBoostingParams>;

const name = 'hist-gradient-boosting';

/**
 * Gradient boosting for many rows: values are sorted into bins once, and trees grow from sums over bins, best leaf
 * first. Missing values are taken as they are: each cut learns to which side they go.
 *
 * A leaf's value is `learningRate * sum of negative gradients / (rows + l2Regularization)`, or for the other losses the
 * quantile of its residuals. An ensemble begins with every smaller ensemble of the same params.
 *
 * Source: G. Ke et al., "LightGBM: a highly efficient gradient boosting decision tree", NIPS (2017). Params as
 * scikit-learn's `HistGradientBoostingRegressor`, with these differences: it never stops early (there, `early_stopping`
 * being `auto`, a tenth of more than 10000 rows is set aside to decide when to stop), `maxLeafNodes` is a number, and
 * `quantile` has a default. Gradients are added up as integers, so that trees do not depend on the order of the rows.
 *
 * @param params `loss` (default `squared_error`; `absolute_error`, `quantile`), `quantile` (0 to 1, default .5),
 * `learningRate` (above 0, default .1), `maxIter` (default 100), `maxLeafNodes` (default 31), `maxDepth` (default null,
 * no limit), `minSamplesLeaf` (default 20), `l2Regularization` (default 0), `maxBins` (2 to 255, default 255).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const y = Float64Array.of(10, 10, 70, 70);
 * const params = { maxIter: 2, learningRate: 0.5, minSamplesLeaf: 1 };
 * const model = histGradientBoosting(params).fit(x, y, { random: keyedRandom(42) });
 * Array.from(predict(model, x)); // => [17.5, 17.5, 62.5, 62.5]
 */
export function histGradientBoosting(
  params: Partial<HistGradientBoostingParams> = {},
): Estimator<HistGradientBoostingParams, TreeEnsemble> {
  const checked = readParams(name, histGradientBoostingParams, params);
  return {
    name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    fit: (x, y, run) => boost(checked, x, y, run),
  };
}

/** One ensemble of the largest size answers all smaller ones. */
export const histGradientBoostingFamily: FitFamily<HistGradientBoostingParams> = {
  about: 'one boosted ensemble of the largest size',
  shared: ({ maxIter: _, ...rest }) => rest,
  predictAll: (members, x, y, run, tables) => {
    const counts = members.map(({ maxIter }) => maxIter);
    const model = boost({ ...members[0], maxIter: Math.max(...counts) }, x, y, run);
    const answers = tables.map((source) => predictStages(model, source, counts));
    return members.map((_, member) => answers.map((stages) => stages[member]));
  },
};

function boost(params: HistGradientBoostingParams, x: Table, y: Float64Array, run: FitContext): TreeEnsemble {
  const columns = trainingColumns(name, x, y, 'taken');
  const { base, trees } = boostHistograms(
    columns,
    y,
    {
      loss: lossOf(params),
      stages: params.maxIter,
      learningRate: params.learningRate,
      maxBins: params.maxBins,
      limits: {
        maxLeafNodes: params.maxLeafNodes,
        maxDepth: params.maxDepth ?? Infinity,
        minSamplesLeaf: params.minSamplesLeaf,
        l2: params.l2Regularization,
      },
    },
    run.random,
  );
  return { kind: 'tree-ensemble', features: x.columns.map((column) => column.name), combine: 'sum', base, trees };
}

function lossOf(params: HistGradientBoostingParams): Loss {
  switch (params.loss) {
    case 'squared_error':
      return squaredError;
    case 'absolute_error':
      return absoluteError(quantile);
    case 'quantile':
      return quantileLoss(params.quantile, quantile);
    default:
      return params.loss satisfies never;
  }
}
