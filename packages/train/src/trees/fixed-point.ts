/**
 * How targets are written as integers: `floor((y - centre) * scale + .5)`. A node has its own or that of a node above it.
 */
export interface FixedPoint {
  readonly centre: number;
  /** A power of two. */
  readonly scale: number;
  /** The largest distance from the centre for which it was made, times the weight of the rows. */
  readonly extent: number;
}

/** Sums stay below 2^52, where every integer is a double. */
export const SUM_BITS = 52;

/** A node has a fixed point of its own where one that was made for a larger extent would cost it a factor of more. */
export const MOST_LOST = 2 ** 20;

/** The largest power of two that is a double; only targets that hardly differ from 0 would need a larger one. */
const LARGEST_EXPONENT = 1023;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The finest fixed point in which no sum of rows exceeds 2^52. */
export function fixedPoint(centre: number, extent: number): FixedPoint {
  double[0] = extent;
  // The exponent's bits, 2^exponent being at most the extent: logarithms are not exact enough for every engine to agree.
  const exponent = (words[1] >>> 20) - LARGEST_EXPONENT;
  return { centre, scale: 2 ** Math.min(SUM_BITS - 1 - exponent, LARGEST_EXPONENT), extent };
}

/** Whether a node may keep the fixed point of the node above it. */
export function isFineEnough(above: FixedPoint, extent: number): boolean {
  return extent * MOST_LOST >= above.extent;
}

/** A target as an integer. */
export function fixed({ centre, scale }: FixedPoint, target: number): number {
  return Math.floor((target - centre) * scale + 0.5);
}
