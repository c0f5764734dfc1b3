import { predictStages, weightedMedians, type Table, type TreeEnsemble } from '@scorecast/core';
import { hasFewRows, leafFinder } from '../trees/leaf-finder.js';

/** A committee of trees. */
export type Committee = Extract<TreeEnsemble, { combine: 'weighted-median' }>;

/**
 * What committees of the model's first trees answer, all in one pass.
 *
 * @param source Columns of the model's features.
 * @param counts How many trees each committee has, from 1.
 * @returns For each count one prediction per row, the same bits as those of the model.
 */
export function stagedMedians(model: Committee, source: Table, counts: readonly number[]): readonly Float64Array[] {
  // The leaves of many rows in all trees would take much memory.
  if (!hasFewRows(source)) return predictStages(model, source, counts);
  const find = leafFinder([source]);
  const { rowCount } = source;
  const trees = model.trees.slice(0, Math.max(...counts));
  const all = new Int32Array(rowCount * trees.length);
  const leaves = trees.map((tree, i) => {
    const found = all.subarray(i * rowCount, (i + 1) * rowCount);
    find(tree, found);
    return found;
  });
  const medians = counts.map(() => new Float64Array(source.rowCount));
  weightedMedians(model.trees, model.weights, leaves, counts, medians);
  return medians;
}
