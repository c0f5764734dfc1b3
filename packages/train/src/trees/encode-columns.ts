import { binColumns, distinctValues, type BinnedColumns } from './binned-columns.js';
import { sortedRows } from './sorted-rows.js';

/** Columns in the form in which trees look at them. A column of one value is nowhere: it can never be cut. */
export interface EncodedColumns {
  /** Columns of many different values, with their sorted order; all columns where absolute errors count. */
  readonly ordered: readonly OrderedColumn[];
  /** Columns of few different values, and those of level codes. */
  readonly binned: BinnedColumns;
  /** The features that are parted by sets of levels. */
  readonly nominal: ReadonlySet<number>;
}

/** A column of any values. */
export interface OrderedColumn {
  readonly feature: number;
  readonly values: Float64Array;
  /** All rows by ascending value, equal values by row; missing values at the end. */
  readonly order: Int32Array;
}

/** Of each column: how many levels it has, where its values are codes of levels, or else undefined. */
export type LevelCounts = readonly (number | undefined)[];

interface Known {
  readonly values: readonly Float64Array[];
  readonly mostBins: number;
  readonly levelCounts: LevelCounts;
  readonly encoded: EncodedColumns;
}

/** What was encoded last, by the first column: the fits of a fold learn from the same columns. */
const latest = new WeakMap<Float64Array, Known>();

/**
 * Sorts or encodes columns, which must not change any more.
 *
 * @param mostBins A column with more different values is sorted.
 */
export function encodeColumns(
  values: readonly Float64Array[],
  mostBins: number,
  levelCounts: LevelCounts,
): EncodedColumns {
  const [first] = values;
  const known = first === undefined ? undefined : latest.get(first);
  if (known !== undefined && isOf(known, values, mostBins, levelCounts)) return known.encoded;
  const { ordered, ranked, indicators } = sortKinds(values, mostBins, levelCounts);
  const encoded = {
    ordered: ordered.map((feature) => ({ feature, values: values[feature], order: sortedRows(values[feature]) })),
    binned: binColumns(values, ranked, indicators),
    nominal: new Set(ranked.filter((feature) => levelCounts[feature] !== undefined)),
  };
  if (first !== undefined) latest.set(first, { values, mostBins, levelCounts, encoded });
  return encoded;
}

function isOf(known: Known, values: readonly Float64Array[], mostBins: number, levelCounts: LevelCounts): boolean {
  if (known.mostBins !== mostBins || known.values.length !== values.length) return false;
  return values.every((column, i) => column === known.values[i] && levelCounts[i] === known.levelCounts[i]);
}

/**
 * Which columns are of which kind. An indicator has two values and no gap: two levels are parted by a threshold as well as
 * by a set.
 */
function sortKinds(
  values: readonly Float64Array[],
  mostBins: number,
  levelCounts: LevelCounts,
): Readonly<Record<'ordered' | 'ranked' | 'indicators', readonly number[]>> {
  const kinds = { ordered: new Array<number>(), ranked: new Array<number>(), indicators: new Array<number>() };
  values.forEach((column, feature) => {
    const { length } = distinctValues(column);
    const hasGaps = column.some(Number.isNaN);
    if (length + (hasGaps ? 1 : 0) < 2) return;
    const levelCount = levelCounts[feature];
    if (levelCount === undefined && length > mostBins) kinds.ordered.push(feature);
    else if (length === 2 && !hasGaps && (levelCount ?? 2) === 2) kinds.indicators.push(feature);
    else kinds.ranked.push(feature);
  });
  return kinds;
}
