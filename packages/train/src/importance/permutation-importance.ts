import {
  mean,
  predictPipeline,
  regressionMetrics,
  standardDeviation,
  takeRows,
  type Column,
  type PermutationImportance,
  type Pipeline,
  type RegressionMetrics,
  type Table,
} from '@scorecast/core';
import { keyedRandom, type KeyedRandom } from '../keyed-random.js';
import { shuffled } from '../shuffled.js';
import { byWeight } from './by-weight.js';

/** What {@link permutationImportance} may do differently. */
export interface PermutationOptions {
  /** How often each column is shuffled, at least 1. Default 5. */
  readonly repeats?: number;
  /** What gets worse. Default `r2`. */
  readonly metric?: keyof RegressionMetrics;
  /** Seeds the shuffles, 0 to 2^32 - 1. Default 42. */
  readonly seed?: number;
}

/**
 * How much worse a pipeline predicts when one feature's values are dealt out to other rows: the R2 lost (or the error
 * gained), mean and standard deviation (ddof 0) over the repeats. A feature is shuffled as it came, before it is encoded, so
 * that its 0/1 columns stay together. As scikit-learn's `permutation_importance`; draws are keyed by (seed, feature, repeat).
 *
 * It says what this model rests on, not what causes the target: of two features that say the same, each may seem
 * unimportant as long as the other is there.
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001).
 *
 * @param features Rows that the pipeline did not learn from, by the schema's columns.
 * @param target One number per row.
 * @returns The most important feature first; one that the model does not use has exactly 0.
 * @throws STATS_LENGTH when `target` has another length or there is no row; what predicting throws.
 * @example
 * const features = table([numericColumn('hours', [1, 2, 3, 4])]);
 * const pipeline = tinyBundle.pipeline;
 * permutationImportance(pipeline, features, Float64Array.of(10, 20, 30, 40)).baseline; // => 1
 */
export function permutationImportance(
  pipeline: Pipeline,
  features: Table,
  target: Float64Array,
  { repeats = 5, metric = 'r2', seed = 42 }: PermutationOptions = {},
): PermutationImportance {
  const baseline = regressionMetrics(target, predictPipeline(pipeline, features))[metric];
  const random = keyedRandom(seed);
  const measured = features.columns.map((column, j) => {
    const predictions = predictPipeline(pipeline, withShuffled(features, column, repeats, random.at(j)));
    const losses = Array.from({ length: repeats }, (_, repeat) => {
      const own = predictions.subarray(repeat * features.rowCount, (repeat + 1) * features.rowCount);
      const score = regressionMetrics(target, own)[metric];
      return metric === 'r2' ? baseline - score : score - baseline;
    });
    return { name: column.name, mean: mean(losses), sd: standardDeviation(losses) };
  });
  return {
    metric,
    baseline,
    rows: features.rowCount,
    repeats,
    features: byWeight(measured, (feature) => feature.mean),
  };
}

/** All rows once per repeat, one below the other, with one column in another order each time. */
function withShuffled(features: Table, column: Column, repeats: number, random: KeyedRandom): Table {
  const { rowCount } = features;
  const same = Int32Array.from({ length: repeats * rowCount }, (_, i) => i % rowCount);
  const moved = new Int32Array(same.length);
  for (let repeat = 0; repeat < repeats; repeat++) {
    moved.set(shuffled(rowCount, random.at(repeat)), repeat * rowCount);
  }
  const [shuffledColumn] = takeRows({ rowCount, columns: [column] }, moved).columns;
  const repeated = takeRows(features, same);
  return {
    ...repeated,
    columns: repeated.columns.map((other) => (other.name === column.name ? shuffledColumn : other)),
  };
}
