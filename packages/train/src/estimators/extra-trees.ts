import type { TreeEnsemble } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import { flag, integer, readParams, type ParamValues } from '../params.js';
import { fitForest, forestFamily, type Forest } from '../trees/forest.js';
import { maxFeatures } from '../trees/max-features.js';
import { takesNominal } from '../trees/tree-columns.js';
import { treeParams } from '../trees/tree-params.js';

/** The params of {@link extraTrees}. */
export const extraTreesParams = {
  nEstimators: integer({ about: 'how many trees', default: 100, min: 1 }),
  ...treeParams,
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: 1 }),
  bootstrap: flag({
    about: 'whether each tree sees as many rows, drawn with replacement, or all rows',
    default: false,
  }),
};

/** The values of {@link extraTreesParams}. */
export type ExtraTreesParams = ParamValues<typeof extraTreesParams>;

const forest: Forest = { name: 'extra-trees', thresholds: 'random' };

/** One forest of the largest size and the loosest limits, pruned for each candidate. */
export const extraTreesFamily = forestFamily<ExtraTreesParams>(forest);

/**
 * The mean of many trees whose features are cut at random thresholds, of which a node takes the best: smoother than a
 * random forest and faster to grow. Missing values are taken as they are, to a random side of each cut, and so are, but by
 * `absolute_error`, columns of level codes: a cut parts a random set of them from the rest.
 *
 * A tree depends on the seed and its number alone: a forest begins with every smaller forest of the same params. Of equally
 * good cuts it takes that of the feature which goes before in an order drawn for the tree.
 *
 * Source: P. Geurts et al., "Extremely randomized trees", Machine Learning 63 (2006). Params as scikit-learn's
 * `ExtraTreesRegressor`, which draws the order of features for each node.
 *
 * @param params `nEstimators` (default 100), `maxFeatures` (default 1, all), `bootstrap` (default false) and those of
 * {@link decisionTree}; `minSamplesSplit` and `minSamplesLeaf` count different rows.
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW, TRAIN_NEGATIVE_TARGET.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const y = Float64Array.of(10, 12, 70, 72);
 * const fit = (nEstimators) => extraTrees({ nEstimators }).fit(x, y, { random: keyedRandom(42) });
 * JSON.stringify(fit(9).trees.slice(0, 3)) === JSON.stringify(fit(3).trees); // => true
 */
export function extraTrees(params: Partial<ExtraTreesParams> = {}): Estimator<ExtraTreesParams, TreeEnsemble> {
  const checked = readParams(forest.name, extraTreesParams, params);
  return {
    name: forest.name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    takesNominal: takesNominal(checked),
    fit: (x, y, run) => fitForest(forest, checked, x, y, run),
  };
}
