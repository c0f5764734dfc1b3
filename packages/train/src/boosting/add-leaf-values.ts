/**
 * Adds to each sum the value of its row's leaf.
 *
 * A function of its own, as the other loops over rows here are: each is compiled once and quickly, where a loop within a
 * loop would have all around it compiled again and again while it runs.
 */
export function addLeafValues(sums: Float64Array, values: Float64Array, leaves: Int32Array): void {
  for (let row = 0; row < sums.length; row++) sums[row] += values[leaves[row]];
}
