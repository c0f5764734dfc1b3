import type { NetworkLayer } from '@scorecast/core';

/**
 * How many numbers a network's layers have.
 *
 * @param sizes The inputs and then the units of each layer.
 */
export function weightCount(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, units, k) => sum + (sizes[k] + 1) * units, 0);
}

/** The layers of a network as views of one list of numbers, so that they can be changed as one. */
export function layersOf(sizes: readonly number[], numbers: Float64Array): readonly NetworkLayer[] {
  let at = 0;
  const take = (count: number) => numbers.subarray(at, (at += count));
  return sizes.slice(1).map((units, k) => ({ weights: take(sizes[k] * units), biases: take(units) }));
}
