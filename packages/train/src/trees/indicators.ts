import { SMALLEST_GAP } from './midpoint.js';

/**
 * Columns of two values without gaps, such as one-hot columns. Neighbouring columns of which no row has two at their
 * higher value, such as those of one category, share a digit: one look at it counts a row for all of them.
 */
export interface Indicators {
  /** The columns' numbers, ascending. */
  readonly features: readonly number[];
  /** The lower value of each. */
  readonly lows: readonly number[];
  /** The higher value of each. */
  readonly highs: readonly number[];
  /** How many digits a row has. */
  readonly width: number;
  /**
   * The digits, row by row: `digits[row * width + d]` is `j + 1` where the row has the higher value of `features[j]`,
   * 0 where it has no higher value of those that share the digit.
   */
  readonly digits: Int32Array;
}

/** Encodes the columns with these numbers. */
export function encodeIndicators(values: readonly Float64Array[], features: readonly number[]): Indicators {
  const wide = features
    .map((feature) => ({ feature, ...valuesOf(values[feature]) }))
    .filter(({ low, high }) => high > low + SMALLEST_GAP);
  const digits: Int32Array[] = [];
  wide.forEach(({ feature, high }, j) => {
    const column = values[feature];
    const isHigh = (row: number) => column[row] === high;
    let digit = digits.at(-1);
    if (digit === undefined || digit.some((code, row) => code > 0 && isHigh(row))) {
      digit = new Int32Array(column.length);
      digits.push(digit);
    }
    for (let row = 0; row < column.length; row++) if (isHigh(row)) digit[row] = j + 1;
  });
  return {
    features: wide.map(({ feature }) => feature),
    lows: wide.map(({ low }) => low),
    highs: wide.map(({ high }) => high),
    width: digits.length,
    digits: interleave(digits),
  };
}

function valuesOf(column: Float64Array): { low: number; high: number } {
  const first = column[0];
  const second = column.find((value) => value !== first) ?? first;
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

function interleave(digits: readonly Int32Array[]): Int32Array {
  const width = digits.length;
  const rows = new Int32Array(width * (digits[0]?.length ?? 0));
  digits.forEach((digit, d) => {
    for (let row = 0; row < digit.length; row++) rows[row * width + d] = digit[row];
  });
  return rows;
}
