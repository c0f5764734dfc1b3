/**
 * The quantile of Student's t distribution for a whole number of degrees of freedom.
 *
 * The distribution function is a finite sum of powers of a cosine (M. Abramowitz and I. A. Stegun, "Handbook of
 * Mathematical Functions" (1964), 26.7.3 and 26.7.4); the quantile is found by halving.
 *
 * @param level Between 0 and 1: .975 for the upper end of a 95 % interval.
 * @param degreesOfFreedom An integer of at least 1.
 */
export function studentTQuantile(level: number, degreesOfFreedom: number): number {
  if (level < 0.5) return -studentTQuantile(1 - level, degreesOfFreedom);
  // The angle whose tangent is t / sqrt(degrees of freedom): it is bounded where t is not.
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if ((1 + centralProbability(middle, degreesOfFreedom)) / 2 < level) low = middle;
    else high = middle;
  }
  return Math.tan((low + high) / 2) * Math.sqrt(degreesOfFreedom);
}

/** The probability of a value between -t and t. */
function centralProbability(angle: number, degreesOfFreedom: number): number {
  const odd = degreesOfFreedom % 2 === 1;
  const cosine = Math.cos(angle);
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= degreesOfFreedom - 2; power += 2) {
    term *= (cosine * cosine * (power - 1)) / power;
    sum += term;
  }
  return odd ? ((angle + Math.sin(angle) * sum) * 2) / Math.PI : Math.sin(angle) * sum;
}
