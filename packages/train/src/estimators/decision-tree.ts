import type { Table, TreeEnsemble } from '@scorecast/core';
import type { Estimator, FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { readParams, type ParamValues } from '../params.js';
import { nodeGrower } from '../trees/grow-tree.js';
import type { GrownTree } from '../trees/grown-tree.js';
import { maxFeatures } from '../trees/max-features.js';
import { prunedMeans } from '../trees/pruned-means.js';
import { pruneTree } from '../trees/prune-tree.js';
import { levelCountsOf, takesNominal, treeColumns } from '../trees/tree-columns.js';
import { prepareTreeData } from '../trees/tree-data.js';
import { criterionOf, loosestLimits, pruningOf, sharedGrowth, treeParams } from '../trees/tree-params.js';

/** The params of {@link decisionTree}. */
export const decisionTreeParams = {
  ...treeParams,
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: null }),
};

/** The values of {@link decisionTreeParams}. */
export type DecisionTreeParams = ParamValues<typeof decisionTreeParams>;

const name = 'decision-tree';

/** One tree of the loosest limits, pruned for each candidate. */
export const decisionTreeFamily: FitFamily<DecisionTreeParams> = {
  about: 'one tree, pruned for each candidate',
  shared: sharedGrowth,
  predictAll: (members, x, y, run, tables) => {
    const stages = members.map((params) => ({ pruning: pruningOf(params), count: 1 }));
    return prunedMeans([grow(members, x, y, run)], stages, tables);
  },
};

/**
 * One regression tree: cuts the rows in two, again and again, where that lowers the criterion most, and predicts the mean
 * of the leaf; its median where the criterion is `absolute_error`. Missing values are taken as they are: each cut learns
 * to which side they go. Columns of level codes are parted by the best set of levels, but by `absolute_error`, for which
 * they are refused.
 *
 * Source: L. Breiman et al., "Classification and Regression Trees" (1984). Params as scikit-learn's
 * `DecisionTreeRegressor`, with these differences in the algorithm: features stay doubles (there: single precision); of
 * equally good cuts the first feature's lowest threshold is taken (there: by chance); and `friedman_mse` is
 * `squared_error` in all respects. There it chooses the same cuts, but `min_impurity_decrease` is then what a cut gains
 * over all rows together, and so as many times the number of rows.
 *
 * @param params `criterion` (`squared_error` by default, `friedman_mse`, `absolute_error` or `poisson`), `maxDepth` (default
 * null, no limit), `minSamplesSplit` (default 2), `minSamplesLeaf` (default 1), `maxLeafNodes` (default null, all),
 * `minImpurityDecrease` (default 0), `ccpAlpha` (default 0), `maxFeatures` (default null, all; else a share up to 1, a
 * count from 2, `sqrt` or `log2`).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW, TRAIN_NEGATIVE_TARGET.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const model = decisionTree().fit(x, Float64Array.of(10, 10, 70, 70), { random: keyedRandom(42) });
 * Array.from(model.trees[0].threshold); // => [5, 0, 0]
 */
export function decisionTree(params: Partial<DecisionTreeParams> = {}): Estimator<DecisionTreeParams, TreeEnsemble> {
  const checked = readParams(name, decisionTreeParams, params);
  return {
    name,
    complexity: 3,
    params: checked,
    takesMissing: true,
    takesNominal: takesNominal(checked),
    fit: (x, y, run) => ({
      kind: 'tree-ensemble',
      features: x.columns.map((column) => column.name),
      combine: 'mean',
      trees: [pruneTree(grow([checked], x, y, run), pruningOf(checked))],
    }),
  };
}

/** A tree that every member can be pruned from. */
function grow(members: readonly DecisionTreeParams[], x: Table, y: Float64Array, run: FitContext): GrownTree {
  const columns = treeColumns(name, members[0], x, y);
  const data = prepareTreeData(columns, y, { criterion: criterionOf(members[0]), levelCounts: levelCountsOf(x) });
  const onceEach = new Float64Array(y.length).fill(1);
  return nodeGrower(data, loosestLimits(members, columns.length))(onceEach, run.random);
}
