import { SMALLEST_GAP } from './midpoint.js';

/**
 * Columns of few different values as small integers. A bin is one value of one column; a node's rows are counted and
 * added up by bin, so that a cut is looked for among values and not among rows.
 */
export interface BinnedColumns {
  /** Columns of several values, by ascending feature. */
  readonly ranked: readonly RankedColumn[];
  /** Columns of two values without gaps, such as one-hot columns. */
  readonly digits: readonly Digit[];
  /** How many bins there are in all columns. */
  readonly binCount: number;
  /** How many bins a row is in: one per ranked column and digit. */
  readonly width: number;
  /** The bins of each row, row by row. */
  readonly bins: Int32Array;
  /** Whether any row is in a bin of missing values. */
  readonly hasMissing: boolean;
}

/** A stretch of bins. */
export interface BinRange {
  /** Where its bins stand in a row. */
  readonly place: number;
  /** The number of its first bin. */
  readonly first: number;
  /** What each bin stands for, ascending; a last bin, of missing values, follows those that are here. */
  readonly values: Float64Array;
}

/** A column whose bins are its different values. */
interface RankedColumn extends BinRange {
  readonly feature: number;
}

/**
 * Neighbouring columns of two values, of which no row has two at their higher value, such as those of one category: one
 * look at a row serves all of them. The bins stand for themselves; bin 0 holds the rows with none at its higher value.
 */
export interface Digit extends BinRange {
  /** Of each bin the feature, its lower and its higher value; those of bin 0 mean nothing. */
  readonly features: Int32Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** Columns that take the place of binned ones in rows and histograms. */
interface Encoder {
  readonly ranked: RankedColumn[];
  readonly digits: Digit[];
  /** The bins of each column, row by row of the column. */
  readonly places: Int32Array[];
  binCount: number;
}

/**
 * Encodes columns.
 *
 * @param ranked The features with several values.
 * @param indicators The features with two values and no gap.
 */
export function binColumns(
  values: readonly Float64Array[],
  ranked: readonly number[],
  indicators: readonly number[],
): BinnedColumns {
  const encoder: Encoder = { ranked: [], digits: [], places: [], binCount: 0 };
  for (const feature of ranked) addRanked(encoder, feature, values[feature]);
  for (const features of exclusiveGroups(values, indicators)) addDigit(encoder, features, values);
  const { places, ...columns } = encoder;
  const hasMissing = ranked.some((feature) => values[feature].some(Number.isNaN));
  return { ...columns, width: places.length, bins: interleave(places), hasMissing };
}

/** The different values of a column, ascending, without NaN. */
export function distinctValues(column: Float64Array): Float64Array {
  const sorted = Float64Array.from(column).sort();
  let size = 0;
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (size === 0 || value > sorted[size - 1]) sorted[size++] = value;
  }
  return sorted.slice(0, size);
}

function addRanked(encoder: Encoder, feature: number, column: Float64Array): void {
  const values = distinctValues(column);
  const first = encoder.binCount;
  const ranks = new Map(Array.from(values, (value, rank) => [value, rank]));
  encoder.ranked.push({ place: encoder.places.length, first, values, feature });
  encoder.places.push(Int32Array.from(column, (value) => first + (ranks.get(value) ?? values.length)));
  encoder.binCount += values.length + 1;
}

function addDigit(encoder: Encoder, features: readonly number[], values: readonly Float64Array[]): void {
  const first = encoder.binCount;
  const sides = features.map((feature) => valuesOf(values[feature]));
  const bins = new Int32Array(values[features[0]].length).fill(first);
  features.forEach((feature, j) => {
    for (let row = 0; row < bins.length; row++) if (values[feature][row] === sides[j].high) bins[row] = first + j + 1;
  });
  encoder.digits.push({
    place: encoder.places.length,
    first,
    values: Float64Array.from({ length: features.length + 1 }, (_, bin) => bin),
    features: Int32Array.of(-1, ...features),
    lows: Float64Array.of(0, ...sides.map(({ low }) => low)),
    highs: Float64Array.of(0, ...sides.map(({ high }) => high)),
  });
  encoder.places.push(bins);
  encoder.binCount += features.length + 2;
}

/** Neighbouring indicators, as long as no row has two of them at their higher value. */
function exclusiveGroups(values: readonly Float64Array[], indicators: readonly number[]): readonly number[][] {
  const groups: number[][] = [];
  let taken = new Uint8Array(0);
  for (const feature of indicators) {
    const column = values[feature];
    const { low, high } = valuesOf(column);
    if (high <= low + SMALLEST_GAP) continue;
    const group = groups.at(-1);
    if (group !== undefined && !column.some((value, row) => value === high && taken[row] === 1)) group.push(feature);
    else {
      groups.push([feature]);
      taken = new Uint8Array(column.length);
    }
    for (let row = 0; row < column.length; row++) if (column[row] === high) taken[row] = 1;
  }
  return groups;
}

function valuesOf(column: Float64Array): { low: number; high: number } {
  const first = column[0];
  const second = column.find((value) => value !== first) ?? first;
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

function interleave(places: readonly Int32Array[]): Int32Array {
  const width = places.length;
  const rows = new Int32Array(width * (places[0]?.length ?? 0));
  places.forEach((bins, place) => {
    for (let row = 0; row < bins.length; row++) rows[row * width + place] = bins[row];
  });
  return rows;
}
