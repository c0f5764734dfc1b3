/**
 * Half the width of a prediction interval: the `ceil(level (n + 1))`-th smallest absolute residual of `n`.
 *
 * When the residuals and the next error are exchangeable, the interval `prediction ± radius` holds the next true value
 * with a probability from `level` to `level + 1 / (n + 1)` (the upper end if no two residuals are equal).
 *
 * Source: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World" (2005), split conformal prediction.
 *
 * @param residuals True value minus prediction, of rows that the predicting model did not learn from.
 * Where there are several for each row, from repeats, each counts as its part of the row's one.
 * @param level Between 0 and 1: .9 for a 90 % interval.
 * @param repeats How many residuals there are for each row. Default 1.
 * @returns Infinity when there are too few residuals for the level: 9 are needed for .9.
 * @example
 * conformalRadius([3, -1, 2, -5, 4, 1, 2, -3, 6], 0.9); // => 6
 */
export function conformalRadius(residuals: ArrayLike<number>, level: number, repeats = 1): number {
  const rank = repeats * conformalRank(residuals.length / repeats, level);
  if (rank > residuals.length) return Infinity;
  return Float64Array.from(residuals, Math.abs).sort()[rank - 1];
}

/**
 * `ceil(level (n + 1))` for the level that was meant: .55 (99 + 1) is 55.00000000000001 in doubles, and must be 55.
 * The error of a product is at most a few 1e-16 of it, so 1e-12 of it is noise and never a part of the rank.
 */
function conformalRank(n: number, level: number): number {
  return Math.ceil(level * (n + 1) * (1 - 1e-12));
}
