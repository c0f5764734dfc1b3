import type { Criterion } from './criterion.js';
import { encodeIndicators, type Indicators } from './indicators.js';

/** Training rows in the form in which trees grow fast; made once for all trees of a forest. */
export interface TreeData {
  readonly rowCount: number;
  /** The features as they came. */
  readonly values: readonly Float64Array[];
  /** The targets as they came. */
  readonly targets: Float64Array;
  readonly criterion: Criterion;
  /** All rows by ascending target, where absolute errors count. */
  readonly byTarget: Int32Array | undefined;
  /** Columns of any values, with their sorted order. */
  readonly ordered: readonly OrderedColumn[];
  /** Columns of two values, such as one-hot columns; where absolute errors count they are among the ordered. */
  readonly indicators: Indicators;
}

/** A column of any values. */
export interface OrderedColumn {
  readonly feature: number;
  readonly values: Float64Array;
  /** All rows by ascending value, equal values by row; missing values at the end. */
  readonly order: Int32Array;
}

/** Sorts or encodes the columns. A column of one value is in neither list: it can never be cut. */
export function prepareTreeData(
  values: readonly Float64Array[],
  targets: Float64Array,
  criterion: Criterion = 'squared_error',
): TreeData {
  const byMedian = criterion === 'absolute_error';
  const indicators: number[] = [];
  const ordered: OrderedColumn[] = [];
  values.forEach((column, feature) => {
    const kind = kindOf(column);
    if (kind === 'constant') return;
    if (kind === 'indicator' && !byMedian) indicators.push(feature);
    else ordered.push({ feature, values: column, order: sortedRows(column) });
  });
  return {
    rowCount: targets.length,
    values,
    targets,
    criterion,
    byTarget: byMedian ? sortedRows(targets) : undefined,
    ordered,
    indicators: encodeIndicators(values, indicators),
  };
}

/** An indicator has two values and no gap. */
function kindOf(values: Float64Array): 'constant' | 'indicator' | 'ordered' {
  const first = values[0];
  const second = values.find((value) => value !== first);
  if (second === undefined) return 'constant';
  return values.every((value) => value === first || value === second) ? 'indicator' : 'ordered';
}

function sortedRows(values: Float64Array): Int32Array {
  const rows = Int32Array.from(values.keys());
  const present = rows.filter((row) => !Number.isNaN(values[row])).sort((a, b) => values[a] - values[b] || a - b);
  const missing = rows.filter((row) => Number.isNaN(values[row]));
  rows.set(present);
  rows.set(missing, present.length);
  return rows;
}
