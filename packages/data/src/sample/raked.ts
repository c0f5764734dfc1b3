/** A partition of the rows: each row's group, and the mean that the values of each group are to have. */
export interface Grouping {
  readonly codes: Int32Array;
  readonly means: readonly number[];
}

/** Passes over all groupings. Independent ones are then met to about 1e-8, as far as their means agree. */
const PASSES = 8;

/**
 * Values shifted, group by group, until the groups of every grouping have the wanted means: raking, as surveys do with
 * counts (W. E. Deming and F. F. Stephan, 1940), here with means. Only a sum of one shift per group is added.
 */
export function raked(values: Float64Array, groupings: readonly Grouping[]): Float64Array {
  const shifted = values.slice();
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { codes, means } of groupings) {
      const shifts = groupShifts(shifted, codes, means);
      for (let i = 0; i < shifted.length; i++) shifted[i] += shifts[codes[i]];
    }
  }
  return shifted;
}

function groupShifts(values: Float64Array, codes: Int32Array, means: readonly number[]): readonly number[] {
  const sums = new Float64Array(means.length);
  const counts = new Float64Array(means.length);
  for (let i = 0; i < values.length; i++) {
    sums[codes[i]] += values[i];
    counts[codes[i]]++;
  }
  return means.map((mean, group) => mean - sums[group] / counts[group]);
}
