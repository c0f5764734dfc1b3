/** How good a cut is by Poisson deviance; -Infinity, so that it is not made, where a side would have a mean of 0. */
export function poissonGain(leftSum: number, leftWeight: number, rightSum: number, rightWeight: number): number {
  if (leftSum <= 0 || rightSum <= 0) return -Infinity;
  return leftSum * Math.log(leftSum / leftWeight) + rightSum * Math.log(rightSum / rightWeight);
}
