import type { Table, TreeEnsemble } from '@scorecast/core';
import type { Estimator, FitContext } from '../estimator.js';
import { readParams, type ParamValues } from '../params.js';
import { trainingColumns } from '../training-data.js';
import { treeGrower } from '../trees/grow-tree.js';
import { growthLimits, growthParams } from '../trees/growth-params.js';
import { maxFeatures } from '../trees/max-features.js';
import { prepareTreeData } from '../trees/tree-data.js';

/** The params of {@link decisionTree}. */
export const decisionTreeParams = {
  ...growthParams,
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: null }),
};

/** The values of {@link decisionTreeParams}. */
export type DecisionTreeParams = ParamValues<typeof decisionTreeParams>;

/**
 * One regression tree: cuts the rows in two, again and again, where that lowers the squared error most, and predicts
 * the mean of the leaf. Missing values are taken as they are: each cut learns to which side they go.
 *
 * Source: L. Breiman et al., "Classification and Regression Trees" (1984). Params as scikit-learn's
 * `DecisionTreeRegressor`, with one difference in the algorithm: features stay doubles (there: single precision), and
 * of equally good cuts the first feature's lowest threshold is taken (there: by chance).
 *
 * @param params `maxDepth` (default null, no limit), `minSamplesSplit` (default 2), `minSamplesLeaf` (default 1),
 * `maxFeatures` (default null, all; else a share up to 1, a count from 2, `sqrt` or `log2`).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const model = decisionTree().fit(x, Float64Array.of(10, 10, 70, 70), { random: keyedRandom(42) });
 * Array.from(model.trees[0].threshold); // => [5, 0, 0]
 */
export function decisionTree(params: Partial<DecisionTreeParams> = {}): Estimator<DecisionTreeParams, TreeEnsemble> {
  const name = 'decision-tree';
  const checked = readParams(name, decisionTreeParams, params);
  return {
    name,
    complexity: 3,
    params: checked,
    takesMissing: true,
    fit: (x, y, run) => grow(name, checked, x, y, run),
  };
}

function grow(name: string, params: DecisionTreeParams, x: Table, y: Float64Array, run: FitContext): TreeEnsemble {
  const columns = trainingColumns(name, x, y, 'taken');
  const growTree = treeGrower(prepareTreeData(columns, y), growthLimits(params, columns.length));
  const onceEach = new Float64Array(y.length).fill(1);
  const tree = growTree(onceEach, run.random);
  return { kind: 'tree-ensemble', features: x.columns.map((column) => column.name), combine: 'mean', trees: [tree] };
}
