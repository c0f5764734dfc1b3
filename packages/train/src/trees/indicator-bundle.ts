import { midpoint, SMALLEST_GAP } from './midpoint.js';

/** How many columns share one pass at most: their codes are bytes. */
export const LARGEST_BUNDLE = 255;

/**
 * Columns of two values of which no row has more than one at its higher value, such as the one-hot columns of one
 * category: one pass over `codes` counts them all.
 */
export interface IndicatorBundle {
  /** Member j is column `features[j]`, in ascending order. */
  readonly features: readonly number[];
  /** Half-way between the two values of each member. */
  readonly thresholds: readonly number[];
  /** `j + 1` where a row has member j's higher value; 0 where it has none. */
  readonly codes: Uint8Array;
}

/** Bundles neighbouring columns while they exclude each other. */
export function bundleIndicators(
  values: readonly Float64Array[],
  features: readonly number[],
): readonly IndicatorBundle[] {
  const bundles: { features: number[]; thresholds: number[]; codes: Uint8Array }[] = [];
  for (const feature of features) {
    const column = values[feature];
    const low = column.reduce((least, value) => Math.min(least, value), Infinity);
    const high = column.reduce((most, value) => Math.max(most, value), -Infinity);
    if (high <= low + SMALLEST_GAP) continue;
    let bundle = bundles.at(-1);
    if (bundle === undefined || bundle.features.length === LARGEST_BUNDLE || overlaps(bundle.codes, column, high)) {
      bundle = { features: [], thresholds: [], codes: new Uint8Array(column.length) };
      bundles.push(bundle);
    }
    bundle.features.push(feature);
    bundle.thresholds.push(midpoint(low, high));
    const code = bundle.features.length;
    for (let row = 0; row < column.length; row++) if (column[row] === high) bundle.codes[row] = code;
  }
  return bundles;
}

function overlaps(codes: Uint8Array, column: Float64Array, high: number): boolean {
  return column.some((value, row) => value === high && codes[row] !== 0);
}
