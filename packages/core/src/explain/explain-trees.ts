import { modelColumns } from '../model/model-columns.js';
import type { TreeEnsemble } from '../model/tree-ensemble.js';
import type { Table } from '../table/table.js';
import type { Contributions } from './contributions.js';
import { expectedLeaf, treeExplainer } from './tree-shap.js';

/** Trees whose answers are added up: the Shapley values of a sum are the sums of Shapley values. */
export type AddedTrees = Extract<TreeEnsemble, { combine: 'mean' | 'sum' }>;

/** Prepares {@link treeExplainer} for all trees of an ensemble; its result explains rows in the model's columns. */
export function treesExplainer(model: AddedTrees): (columns: Table) => Contributions {
  const divisor = model.combine === 'mean' ? model.trees.length : 1;
  const explainers = model.trees.map(treeExplainer);
  let base = model.combine === 'sum' ? model.base : 0;
  for (const tree of model.trees) base += expectedLeaf(tree) / divisor;

  return (table) => {
    const columns = modelColumns(model.features, table);
    const values = columns.map((column) => new Float64Array(column.length));
    const row = new Float64Array(columns.length);
    const sums = new Float64Array(columns.length);
    for (let i = 0; i < table.rowCount; i++) {
      columns.forEach((column, j) => (row[j] = column[i]));
      sums.fill(0);
      for (const explain of explainers) explain(row, sums);
      values.forEach((column, j) => (column[i] = sums[j] / divisor));
    }
    return { base, values };
  };
}
