/**
 * How a tree's gradients are written as integers: `gradient * scale`, rounded, `+ offset`, which is never negative, so
 * that a count and a sum share a word of 64 bits, the count on top. Sums of integers do not depend on the order of the
 * rows, and a histogram less its sibling's is exactly the other sibling's.
 */
export interface Quantization {
  readonly scale: number;
  readonly offset: number;
  /** What a row adds to the word besides its gradient: one to the count, the offset to the sum. */
  readonly unit: bigint;
  /** How many bits of a word belong to the sum. */
  readonly sumBits: number;
}

/** Sums are doubles later, which hold every integer up to 2^53. */
const MOST_SUM_BITS = 52;

/** The largest power of two that is a double; only gradients that hardly differ from 0 would need a larger one. */
const LARGEST_EXPONENT = 1023;

/**
 * The finest quantisation for so many rows: a step is 2^-42 of the largest gradient for 500 rows, 2^-23 for a million.
 *
 * @param largest The largest size of a gradient, above 0.
 */
export function quantization(rowCount: number, largest: number): Quantization {
  const countBits = Math.floor(Math.log2(rowCount)) + 1;
  const sumBits = Math.min(MOST_SUM_BITS, 64 - countBits);
  const bits = sumBits - countBits - 1;
  const scale = 2 ** Math.min(bits - Math.ceil(Math.log2(largest)), LARGEST_EXPONENT);
  const offset = 2 ** bits;
  return { scale, offset, unit: (1n << BigInt(sumBits)) + BigInt(offset), sumBits };
}
