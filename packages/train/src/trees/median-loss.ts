/**
 * The sum of absolute distances from the median, in the fixed point of `sums` and exact.
 *
 * @param ascending Rows by ascending target.
 * @param sums Weight times target of each row.
 */
export function medianLoss(ascending: Int32Array, weights: Float64Array, sums: Float64Array): number {
  let weight = 0;
  let sum = 0;
  for (const row of ascending) {
    weight += weights[row];
    sum += sums[row];
  }
  let below = 0;
  let belowSum = 0;
  for (const row of ascending) {
    below += weights[row];
    belowSum += sums[row];
    if (2 * below >= weight) {
      const median = sums[row] / weights[row];
      return median * below - belowSum + (sum - belowSum) - median * (weight - below);
    }
  }
  return 0;
}
