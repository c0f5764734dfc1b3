import type { BinnedColumns } from '../binned-columns.js';

/** Of each bin the feature, and its value as the lower and as the higher one of a cut. */
export interface CutTable {
  readonly features: Int32Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** The table of all bins. */
export function cutTable({ ranked, digits, binCount }: BinnedColumns): CutTable {
  const table = {
    features: new Int32Array(binCount),
    lows: new Float64Array(binCount),
    highs: new Float64Array(binCount),
  };
  for (const { first, values, feature } of ranked) {
    table.features.fill(feature, first, first + values.length);
    table.lows.set(values, first);
    table.highs.set(values, first);
  }
  for (const { first, features, lows, highs } of digits) {
    table.features.set(features, first);
    table.lows.set(lows, first);
    table.highs.set(highs, first);
  }
  return table;
}
