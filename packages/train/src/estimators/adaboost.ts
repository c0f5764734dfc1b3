import type { Table, TreeEnsemble } from '@scorecast/core';
import { boostByWeight } from '../boosting/boost-by-weight.js';
import { stagedMedians, type Committee } from '../boosting/staged-medians.js';
import type { Estimator, FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { choice, integer, readParams, real, type ParamValues } from '../params.js';
import { trainingColumns } from '../training-data.js';
import { growthLimits, growthParams } from '../trees/growth-params.js';
import { maxFeatures } from '../trees/max-features.js';

/** The params of {@link adaboost}. */
export const adaboostParams = {
  nEstimators: integer({ about: 'how many trees at most', default: 50, min: 1 }),
  learningRate: real({ about: 'how strongly a tree counts and changes the weights of rows', default: 1, above: 0 }),
  loss: choice({
    about: "what a row's error counts, as a share of the largest",
    default: 'linear',
    options: ['linear', 'square', 'exponential'],
  }),
  ...growthParams,
  maxDepth: integer({ about: 'the longest way from the root to a leaf', default: 3, min: 1 }),
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: null }),
};

/** The values of {@link adaboostParams}. */
export type AdaboostParams = ParamValues<typeof adaboostParams>;

const name = 'adaboost';

/**
 * A committee of trees, each grown on rows that those before it predicted badly; it answers with their weighted median.
 * Missing values and columns of level codes are taken as they are.
 *
 * A tree of weighted loss `e` counts `learningRate * ln((1 - e) / e)`. Boosting ends early after a tree without error
 * and before one with `e >= .5`. A committee begins with every smaller one of the same params.
 *
 * Source: H. Drucker, "Improving regressors using boosting techniques", ICML (1997), known as AdaBoost.R2. Params as
 * scikit-learn's `AdaBoostRegressor` with its default base, a tree of depth 3, whose params stand beside its own here.
 *
 * @param params `nEstimators` (default 50), `learningRate` (above 0, default 1), `loss` (default `linear`; `square`,
 * `exponential`), `maxDepth` (default 3), `minSamplesSplit` (default 2), `minSamplesLeaf` (default 1), `maxFeatures`
 * (default null, all).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const model = adaboost().fit(x, Float64Array.of(10, 10, 70, 70), { random: keyedRandom(42) });
 * model.combine; // => "weighted-median"
 */
export function adaboost(params: Partial<AdaboostParams> = {}): Estimator<AdaboostParams, TreeEnsemble> {
  const checked = readParams(name, adaboostParams, params);
  return {
    name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    takesNominal: true,
    fit: (x, y, run) => boost(checked, x, y, run),
  };
}

/** One committee of the largest size answers all smaller ones. */
export const adaboostFamily: FitFamily<AdaboostParams> = {
  about: 'one committee of the largest size',
  shared: ({ nEstimators: _, ...rest }) => rest,
  predictAll: (members, x, y, run, tables) => {
    const wanted = members.map(({ nEstimators }) => nEstimators);
    const model = boost({ ...members[0], nEstimators: Math.max(...wanted) }, x, y, run);
    const counts = wanted.map((count) => Math.min(count, model.trees.length));
    const answers = tables.map((source) => stagedMedians(model, source, counts));
    return members.map((_, member) => answers.map((stages) => stages[member]));
  },
};

function boost(params: AdaboostParams, x: Table, y: Float64Array, run: FitContext): Committee {
  const columns = trainingColumns(name, x, y, 'taken', 'taken');
  const { nEstimators: stages, learningRate, loss } = params;
  const limits = growthLimits(params, columns.length);
  const { trees, weights } = boostByWeight(x, columns, y, { loss, stages, learningRate, limits }, run.random);
  return {
    kind: 'tree-ensemble',
    features: x.columns.map((column) => column.name),
    combine: 'weighted-median',
    weights: Float64Array.from(weights),
    trees,
  };
}
