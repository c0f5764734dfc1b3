/** Values nearer than this are not told apart; as scikit-learn. */
export const SMALLEST_GAP = 1e-7;

/** The threshold between neighbouring values `low < high`: half-way, or `low` where rounding would reach `high`. */
export function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle < high ? middle : low;
}
