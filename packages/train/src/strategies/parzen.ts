import type { KeyedRandom } from '../keyed-random.js';
import { normalCdf } from './normal-cdf.js';
import type { NumberLine } from './number-line.js';

/** A density that was estimated from where observations lie. */
export interface Parzen<T> {
  /** A draw, addressed by `random`. */
  draw(random: KeyedRandom): T;
  logDensity(at: T): number;
}

/**
 * A mixture of normal densities, cut off at the ends of the line: one per observation, as wide as the gap to its farther
 * neighbour, and one for the prior that spans the line. Newer observations count more once there are over 25.
 *
 * As Optuna's univariate estimator (prior weight 1, magic clip, no endpoints).
 *
 * @param positions Positions of observations on the line, oldest first.
 */
export function numericParzen(line: NumberLine, positions: readonly number[]): Parzen<number> {
  const kernels = normalKernels(line, positions);
  const weights = kernelWeights(positions.length);
  const masses = kernels.map(({ mu, sigma }) => mass(line.low, line.high, mu, sigma));
  return {
    draw: (random) => {
      const { mu, sigma } = kernels[pick(weights, random.double(0))];
      return line.position(line.value(truncatedNormal(line, mu, sigma, random.at(0))));
    },
    logDensity: (at) => {
      let density = 0;
      kernels.forEach(({ mu, sigma }, i) => {
        const here =
          line.step === 0
            ? Math.exp(-0.5 * ((at - mu) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI))
            : mass(at - 0.5, at + 0.5, mu, sigma);
        density += (weights[i] * here) / masses[i];
      });
      return Math.log(density);
    },
  };
}

/**
 * A mixture over categories: each observation leans to its own category, the prior to none.
 *
 * @param observed Indices of observed categories, oldest first.
 */
export function categoricalParzen(count: number, observed: readonly number[]): Parzen<number> {
  const kernels = observed.length + 1;
  const weights = kernelWeights(observed.length);
  const flat = 1 / kernels;
  const total = 1 + count * flat;
  const shares = new Array<number>(count).fill(weights[observed.length] / count);
  observed.forEach((category, i) => {
    for (let c = 0; c < count; c++) shares[c] += (weights[i] * (flat + (c === category ? 1 : 0))) / total;
  });
  return { draw: (random) => pick(shares, random.double(0)), logDensity: (at) => Math.log(shares[at]) };
}

interface Kernel {
  readonly mu: number;
  readonly sigma: number;
}

/** One kernel per observation, the prior's last. */
function normalKernels({ low, high }: NumberLine, positions: readonly number[]): readonly Kernel[] {
  const span = high - low;
  const mus = [...positions, (low + high) / 2];
  const order = [...mus.keys()].sort((a, b) => mus[a] - mus[b] || a - b);
  const least = span / Math.min(100, mus.length + 1);
  const kernels: Kernel[] = mus.map((mu) => ({ mu, sigma: span }));
  order.forEach((kernel, rank) => {
    if (kernel === positions.length) return;
    const mu = mus[kernel];
    const below = rank === 0 ? undefined : mu - mus[order[rank - 1]];
    const above = rank === order.length - 1 ? undefined : mus[order[rank + 1]] - mu;
    kernels[kernel] = { mu, sigma: Math.min(span, Math.max(least, below ?? 0, above ?? 0)) };
  });
  return kernels;
}

/** Weights of the kernels, the prior's last; their sum is 1. */
function kernelWeights(observations: number): readonly number[] {
  const old = Math.max(0, observations - 25);
  const ramp = (i: number) =>
    old === 1 ? 1 / observations : 1 / observations + (i / (old - 1)) * (1 - 1 / observations);
  const weights = Array.from({ length: observations + 1 }, (_, i) => (i < old ? ramp(i) : 1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function pick(weights: readonly number[], share: number): number {
  let below = 0;
  for (let i = 0; i < weights.length - 1; i++) {
    below += weights[i];
    if (share < below) return i;
  }
  return weights.length - 1;
}

function mass(from: number, to: number, mu: number, sigma: number): number {
  return Math.max(Number.MIN_VALUE, normalCdf((to - mu) / sigma) - normalCdf((from - mu) / sigma));
}

/** By rejection (G. Box and M. Muller's method): a third of the draws at least lie on the line, since `mu` does. */
function truncatedNormal({ low, high }: NumberLine, mu: number, sigma: number, random: KeyedRandom): number {
  for (let draw = 0; ; draw += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.double(draw)));
    const position = mu + sigma * radius * Math.cos(2 * Math.PI * random.double(draw + 1));
    if (position >= low && position <= high) return position;
  }
}
