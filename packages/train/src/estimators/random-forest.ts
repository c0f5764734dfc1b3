import type { TreeEnsemble } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { flag, integer, readParams, type ParamValues } from '../params.js';
import { fitForest, forestFamily, type Forest } from '../trees/forest.js';
import { maxFeatures } from '../trees/max-features.js';
import { takesNominal } from '../trees/tree-columns.js';
import { treeParams } from '../trees/tree-params.js';

/** The params of {@link randomForest}. */
export const randomForestParams = {
  nEstimators: integer({ about: 'how many trees', default: 100, min: 1 }),
  ...treeParams,
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: 1 }),
  bootstrap: flag({ about: 'whether each tree sees as many rows, drawn with replacement, or all rows', default: true }),
};

/** The values of {@link randomForestParams}. */
export type RandomForestParams = ParamValues<typeof randomForestParams>;

const forest: Forest = { name: 'random-forest', thresholds: 'best' };

/** One forest of the largest size and the loosest limits, pruned for each candidate. */
export const randomForestFamily = forestFamily<RandomForestParams>(forest);

/**
 * The mean of many trees, each grown from its own random rows and, with `maxFeatures`, its nodes from random features.
 * Missing values and, but by `absolute_error`, columns of level codes are taken as they are.
 *
 * A tree depends on the seed and its number alone: a forest begins with every smaller forest of the same params. Of equally
 * good cuts it takes that of the feature which goes before in an order drawn for the tree, there the lowest threshold.
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001). Params as scikit-learn's `RandomForestRegressor`, which
 * draws the order of features for each node.
 *
 * @param params `nEstimators` (default 100), `maxFeatures` (default 1, all), `bootstrap` (default true) and those of
 * {@link decisionTree}; `minSamplesSplit` and `minSamplesLeaf` count different rows.
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW, TRAIN_NEGATIVE_TARGET.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const y = Float64Array.of(10, 12, 70, 72);
 * const fit = (nEstimators) => randomForest({ nEstimators }).fit(x, y, { random: keyedRandom(42) });
 * JSON.stringify(fit(9).trees.slice(0, 3)) === JSON.stringify(fit(3).trees); // => true
 */
export function randomForest(params: Partial<RandomForestParams> = {}): Estimator<RandomForestParams, TreeEnsemble> {
  const checked = readParams(forest.name, randomForestParams, params);
  return {
    name: forest.name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    takesNominal: takesNominal(checked),
    fit: (x, y, run) => fitForest(forest, checked, x, y, run),
  };
}
