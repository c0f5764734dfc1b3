/** A column of numbers; NaN stands for a missing value. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /**
   * How many levels there are, where the values are no quantities but codes of levels, from 0 on, whose order means
   * nothing; undefined where they are quantities.
   */
  readonly levelCount?: number;
}

/** A column of categories: `codes[i]` indexes `levels`; -1 stands for a missing value. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** A named column of a {@link Table}. */
export type Column = NumericColumn | CategoricalColumn;

/**
 * Makes a numeric column.
 *
 * @example
 * numericColumn('reading_score', [72, 90]).values.length; // => 2
 */
export function numericColumn(name: string, values: ArrayLike<number>): NumericColumn {
  return { kind: 'numeric', name, values: values instanceof Float64Array ? values : Float64Array.from(values) };
}

/**
 * Makes a categorical column from codes and the levels that they index.
 *
 * @example
 * categoricalColumn('lunch', [0, 1, -1], ['standard', 'free/reduced']).codes[2]; // => -1
 */
export function categoricalColumn(
  name: string,
  codes: ArrayLike<number>,
  levels: readonly string[],
): CategoricalColumn {
  return { kind: 'categorical', name, codes: codes instanceof Int32Array ? codes : Int32Array.from(codes), levels };
}

/**
 * Makes a numeric column that holds codes of levels.
 *
 * @param codes Integers from 0 to `levelCount - 1`; NaN for a missing value.
 * @example
 * nominalColumn('school', [0, 2, NaN], 3).levelCount; // => 3
 */
export function nominalColumn(name: string, codes: ArrayLike<number>, levelCount: number): NumericColumn {
  return { ...numericColumn(name, codes), levelCount };
}

/** The number of rows of a column. */
export function columnLength(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length;
}
