/** How fast Adam moves, and how much of its past it keeps. */
export interface AdamParams {
  readonly learningRateInit: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Makes an optimiser that moves each number against the running mean of its gradient, in steps of its own size: a number
 * whose gradient is always small moves as fast as the others.
 *
 * Source: D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR (2015), as scikit-learn writes it.
 * The powers of the betas are running products: engines may differ in `Math.pow`.
 *
 * @returns Changes `numbers` by one step.
 */
export function adam(
  size: number,
  { learningRateInit, beta1, beta2, epsilon }: AdamParams,
): (numbers: Float64Array, gradient: Float64Array) => void {
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  let power1 = 1;
  let power2 = 1;
  return (numbers, gradient) => {
    power1 *= beta1;
    power2 *= beta2;
    const rate = (learningRateInit * Math.sqrt(1 - power2)) / (1 - power1);
    for (let i = 0; i < size; i++) {
      const slope = gradient[i];
      means[i] = beta1 * means[i] + (1 - beta1) * slope;
      squares[i] = beta2 * squares[i] + (1 - beta2) * slope * slope;
      numbers[i] -= (rate * means[i]) / (Math.sqrt(squares[i]) + epsilon);
    }
  };
}
