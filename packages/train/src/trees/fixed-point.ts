/** Sums stay below 2^52, where every integer is a double. */
const SUM_BITS = 52;

/**
 * Targets as integers: `round((y - centre) * 2^k)` with the largest k for which no sum of them, each repeated as often
 * as rows are drawn, can exceed 2^52. Sums are then exact: they depend neither on the order of the rows nor on how they
 * were arrived at, so equal cuts tie exactly and differences of sums are sums.
 *
 * The step is 2^-52 of the range times the number of rows: 2e-13 of the range for 1000 rows.
 */
export function fixedPoint(targets: Float64Array): Float64Array {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const target of targets) {
    lowest = Math.min(lowest, target);
    highest = Math.max(highest, target);
  }
  const centre = lowest / 2 + highest / 2;
  const largest = Math.max(highest - centre, centre - lowest);
  if (largest === 0) return new Float64Array(targets.length);
  const bits = SUM_BITS - Math.ceil(Math.log2(targets.length)) - Math.ceil(Math.log2(largest));
  // In two steps: one power of two alone can overflow or vanish where the product does not.
  const half = Math.trunc(bits / 2);
  return targets.map((target) => Math.round((target - centre) * 2 ** half * 2 ** (bits - half)));
}
