import { predictPipeline, type Pipeline } from '../model/model.js';
import type { Feature } from '../schema/schema.js';
import { featureColumn } from '../schema/parse-records.js';
import type { Table } from '../table/table.js';
import type { Contributions } from './contributions.js';

/** 2^10 predictions per row. */
export const MAX_ENUMERATED = 10;

/**
 * The Shapley values of a row's features against one other row, by definition: of all orders in which the other row's
 * values are replaced by the row's own, one after another, the mean change that each brings.
 *
 * `phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! * (f(S and i) - f(S))`, where `f(S)` predicts from the
 * row's values of the features in S and the other row's values of the rest (L. Shapley, 1953).
 *
 * @param rows Rows of the schema's features, at most {@link MAX_ENUMERATED} of them.
 * @param other One cell per feature; the base is its prediction.
 */
export function explainByEnumeration(
  pipeline: Pipeline,
  features: readonly Feature[],
  rows: Table,
  other: Float64Array,
): Contributions {
  const n = features.length;
  const weights = Float64Array.from({ length: n }, (_, size) => shapleyWeight(size, n));
  const values = features.map(() => new Float64Array(rows.rowCount));
  let base = 0;
  for (let row = 0; row < rows.rowCount; row++) {
    const mixed = rows.columns.map((column, f) => {
      const own = column.kind === 'numeric' ? column.values[row] : column.codes[row];
      return featureColumn(
        features[f],
        Float64Array.from({ length: 2 ** n }, (_, set) => ((set >> f) & 1 ? own : other[f])),
      );
    });
    const predictions = predictPipeline(pipeline, { rowCount: 2 ** n, columns: mixed });
    base = predictions[0];
    for (let set = 0; set < 2 ** n; set++) {
      const weight = weights[sizeOf(set)];
      for (let f = 0; f < n; f++) {
        if (((set >> f) & 1) === 0) values[f][row] += weight * (predictions[set | (1 << f)] - predictions[set]);
      }
    }
  }
  return { base, values };
}

/** `size! (n - size - 1)! / n!` = `1 / (n * (n - 1 over size))`. */
function shapleyWeight(size: number, n: number): number {
  let choices = 1;
  for (let i = 0; i < size; i++) choices = (choices * (n - 1 - i)) / (i + 1);
  return 1 / (n * choices);
}

function sizeOf(set: number): number {
  let size = 0;
  for (let bits = set; bits !== 0; bits &= bits - 1) size++;
  return size;
}
