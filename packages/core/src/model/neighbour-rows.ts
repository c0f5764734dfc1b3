/** Training rows in the form in which distances to them are measured fast. */
export interface NeighbourRows {
  readonly rowCount: number;
  /** The features that have other values than 0 and 1. */
  readonly measured: readonly number[];
  /** Their values, row by row. */
  readonly values: Float64Array;
  /** The features of 0 and 1 alone, such as one-hot columns. */
  readonly indicators: readonly number[];
  /** Their values, one bit each: bit `i % 32` of `words[i >> 5][row]` is indicator `i`. */
  readonly words: readonly Int32Array[];
}

/**
 * Packs the indicators among the features into bits.
 *
 * @param rows Row by row: `rows[i * width + j]`.
 */
export function neighbourRows(rows: Float64Array, width: number, rowCount: number): NeighbourRows {
  const features = Array.from({ length: width }, (_, j) => j);
  const indicators = features.filter((j) => isIndicator(rows, width, j));
  const measured = features.filter((j) => !indicators.includes(j));
  const values = new Float64Array(rowCount * measured.length);
  const words = Array.from({ length: Math.ceil(indicators.length / 32) }, () => new Int32Array(rowCount));
  for (let row = 0; row < rowCount; row++) {
    measured.forEach((j, i) => (values[row * measured.length + i] = rows[row * width + j]));
    indicators.forEach((j, i) => (words[i >> 5][row] |= rows[row * width + j] << (i & 31)));
  }
  return { rowCount, measured, values, indicators, words };
}

function isIndicator(rows: Float64Array, width: number, feature: number): boolean {
  for (let at = feature; at < rows.length; at += width) if (rows[at] !== 0 && rows[at] !== 1) return false;
  return true;
}

/** Whether a query has nothing but 0 and 1 for the indicators. */
export function hasOnlyBits(query: Float64Array, indicators: readonly number[]): boolean {
  return indicators.every((j) => query[j] === 0 || query[j] === 1);
}

/** A query's indicators, one bit each, as those of the rows. */
export function packBits(query: Float64Array, indicators: readonly number[]): Int32Array {
  const words = new Int32Array(Math.ceil(indicators.length / 32));
  indicators.forEach((j, i) => (words[i >> 5] |= query[j] << (i & 31)));
  return words;
}

/** How many bits of two words differ, by adding neighbours: pairs, then fours, then bytes. */
export function differentBits(one: number, other: number): number {
  const bits = one ^ other;
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
