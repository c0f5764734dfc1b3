import type { ColumnImportance, Tree, TreeEnsemble } from '@scorecast/core';
import { byWeight } from './by-weight.js';

/**
 * How much of the squared error each column's cuts have taken away in training: the sum over its cuts of
 * `rows left (mean left - mean)^2 + rows right (mean right - mean)^2`, as shares of 1. As scikit-learn's
 * `feature_importances_`: each tree of a forest or of AdaBoost is brought to shares before trees are averaged (AdaBoost's
 * by their weights), those of boosting are added as they are.
 *
 * It is the training rows' view: columns of many values get more than their due, and trees that were grown for another
 * loss than squared error are measured by it all the same. {@link permutationImportance} has neither fault.
 *
 * Source: L. Breiman et al., "Classification and Regression Trees" (1984).
 *
 * @returns All columns that the trees may use, the most important first; all 0 when no tree has a cut.
 * @example
 * const x = table([numericColumn('luck', [1, 2, 1, 2]), numericColumn('hours', [1, 2, 8, 9])]);
 * const model = decisionTree({ maxDepth: 1 }).fit(x, Float64Array.of(10, 10, 70, 70), { random: keyedRandom(42) });
 * impurityImportance(model).values; // => [{ name: 'hours', value: 1 }, { name: 'luck', value: 0 }]
 */
export function impurityImportance(model: TreeEnsemble): ColumnImportance {
  const total = new Float64Array(model.features.length);
  model.trees.forEach((tree, i) => {
    const own = decreases(tree, total.length);
    const sum = own.reduce((a, b) => a + b, 0);
    if (sum === 0) return;
    const weight = model.combine === 'sum' ? 1 : (model.combine === 'mean' ? 1 : model.weights[i]) / sum;
    for (let j = 0; j < total.length; j++) total[j] += own[j] * weight;
  });
  const sum = total.reduce((a, b) => a + b, 0);
  const values = model.features.map((name, j) => ({ name, value: sum === 0 ? 0 : total[j] / sum }));
  return { kind: 'impurity', values: byWeight(values, ({ value }) => value) };
}

/** The decrease of the squared error by each column's cuts. */
function decreases({ feature, left, right, value, cover }: Tree, columnCount: number): Float64Array {
  const sums = new Float64Array(columnCount);
  feature.forEach((column, node) => {
    if (column < 0) return;
    for (const child of [left[node], right[node]]) {
      sums[column] += cover[child] * (value[child] - value[node]) ** 2;
    }
  });
  return sums;
}
