import type { Table, TreeEnsemble } from '@scorecast/core';
import type { Estimator, FitContext } from '../estimator.js';
import type { KeyedRandom } from '../keyed-random.js';
import { flag, integer, readParams, type ParamValues } from '../params.js';
import { trainingColumns } from '../training-data.js';
import { treeGrower } from '../trees/grow-tree.js';
import { growthLimits, growthParams } from '../trees/growth-params.js';
import { maxFeatures } from '../trees/max-features.js';
import { prepareTreeData } from '../trees/tree-data.js';

/** The params of {@link randomForest}. */
export const randomForestParams = {
  nEstimators: integer({ about: 'how many trees', default: 100, min: 1 }),
  ...growthParams,
  maxFeatures: maxFeatures({ about: 'how many features a node may choose from', default: 1 }),
  bootstrap: flag({ about: 'whether each tree sees as many rows, drawn with replacement, or all rows', default: true }),
};

/** The values of {@link randomForestParams}. */
export type RandomForestParams = ParamValues<typeof randomForestParams>;

// The keys below a tree's own randomness.
const BOOTSTRAP = 0;
const ROOT = 1;

/**
 * The mean of many trees, each grown from its own random rows and, with `maxFeatures`, its nodes from random features.
 * Missing values are taken as they are.
 *
 * A tree depends on the seed and its number alone: a forest begins with every smaller forest of the same params.
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001). Params as scikit-learn's `RandomForestRegressor`.
 *
 * @param params `nEstimators` (default 100), `maxDepth` (default null, no limit), `minSamplesSplit` (default 2) and
 * `minSamplesLeaf` (default 1), which count different rows, `maxFeatures` (default 1, all), `bootstrap` (default true).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH,
 * TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 8, 9])]);
 * const y = Float64Array.of(10, 12, 70, 72);
 * const fit = (nEstimators) => randomForest({ nEstimators }).fit(x, y, { random: keyedRandom(42) });
 * JSON.stringify(fit(9).trees.slice(0, 3)) === JSON.stringify(fit(3).trees); // => true
 */
export function randomForest(params: Partial<RandomForestParams> = {}): Estimator<RandomForestParams, TreeEnsemble> {
  const name = 'random-forest';
  const checked = readParams(name, randomForestParams, params);
  return {
    name,
    complexity: 4,
    params: checked,
    takesMissing: true,
    fit: (x, y, run) => grow(name, checked, x, y, run),
  };
}

function grow(name: string, params: RandomForestParams, x: Table, y: Float64Array, run: FitContext): TreeEnsemble {
  const columns = trainingColumns(name, x, y, 'taken');
  const growTree = treeGrower(prepareTreeData(columns, y), growthLimits(params, columns.length));
  const trees = Array.from({ length: params.nEstimators }, (_, i) => {
    const random = run.random.at(i);
    const weights = params.bootstrap ? bootstrap(y.length, random.at(BOOTSTRAP)) : new Float64Array(y.length).fill(1);
    return growTree(weights, random.at(ROOT));
  });
  return { kind: 'tree-ensemble', features: x.columns.map((column) => column.name), combine: 'mean', trees };
}

/** How often each of `n` rows comes up in `n` draws with replacement. */
function bootstrap(n: number, random: KeyedRandom): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) counts[random.below(n, i)]++;
  return counts;
}
