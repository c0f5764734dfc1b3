/**
 * How good a cut is, by the sums of the targets of its two sides: `SL^2 / WL + SR^2 / WR`, or by Poisson deviance
 * `SL log(SL / WL) + SR log(SR / WR)`, there -Infinity, so that it is not made, where a side would have a mean of 0.
 */
export function sumGain(
  isPoisson: boolean,
  leftWeight: number,
  leftSum: number,
  rightWeight: number,
  rightSum: number,
): number {
  if (!isPoisson) return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
  if (leftSum <= 0 || rightSum <= 0) return -Infinity;
  return leftSum * Math.log(leftSum / leftWeight) + rightSum * Math.log(rightSum / rightWeight);
}
