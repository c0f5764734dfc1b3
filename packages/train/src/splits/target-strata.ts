import { quantile } from '@scorecast/core';

/**
 * Cuts a numeric target into strata of about as many rows each, so that every fold sees low, middle and high values
 * alike. scikit-learn has no such option; equal values always share a stratum.
 *
 * @param target Finite numbers.
 * @param options.bins How many strata at most, at least 1 (default 10); fewer where values repeat.
 * @returns The stratum of each row.
 * @example
 * Array.from(targetStrata([1, 30, 2, 31], { bins: 2 })); // => [0, 1, 0, 1]
 */
export function targetStrata(target: ArrayLike<number>, { bins = 10 }: { readonly bins?: number } = {}): Int32Array {
  const edges = Array.from({ length: bins - 1 }, (_, i) => quantile(target, (i + 1) / bins));
  return Int32Array.from(target, (value) => edges.filter((edge) => value > edge).length);
}
