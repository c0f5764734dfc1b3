import { mean, quantile } from '@scorecast/core';
import type { Loss } from './loss.js';

/** How a leaf's quantile is taken: linearly between neighbours, or the lower neighbour. */
type QuantileRule = (values: Float64Array, level: number) => number;

/** `(y - f)^2 / 2`: predicts means. */
export const squaredError: Loss = {
  base: (targets) => mean(targets) + 0,
  descend: (residuals, gradients) => gradients.set(residuals),
  leafValue: undefined,
};

/** `|y - f|`: predicts medians. */
export function absoluteError(rule: QuantileRule): Loss {
  return pinball(0.5, rule, 1, -1);
}

/** `level * (y - f)` where the target is above, `(1 - level) * (f - y)` where it is below: predicts quantiles. */
export function quantileLoss(level: number, rule: QuantileRule): Loss {
  return pinball(level, rule, level, level - 1);
}

/**
 * Squared up to a bound, absolute beyond it, so that outliers pull less; the bound is the `level` quantile of the
 * residuals' sizes. Leaves take one step from the median towards the mean.
 *
 * Source: J. Friedman, "Greedy function approximation", Annals of Statistics 29 (2001), algorithm 4.
 */
export function huber(level: number): Loss {
  let bound = 0;
  const bounded = (residual: number) => Math.max(-bound, Math.min(bound, residual));
  return {
    base: (targets) => quantile(targets, 0.5) + 0,
    descend: (residuals, gradients) => {
      bound = lowerQuantile(residuals.map(Math.abs), level);
      for (let i = 0; i < residuals.length; i++) gradients[i] = bounded(residuals[i]);
    },
    leafValue: (residuals) => {
      const median = lowerQuantile(residuals, 0.5);
      return median + mean(residuals.map((residual) => bounded(residual - median)));
    },
  };
}

/** The first of the ascending values at which the share `level` of all is reached. */
export function lowerQuantile(values: Float64Array, level: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)];
}

function pinball(level: number, rule: QuantileRule, above: number, below: number): Loss {
  return {
    base: (targets) => quantile(targets, level) + 0,
    descend: (residuals, gradients) => {
      for (let i = 0; i < residuals.length; i++) gradients[i] = residuals[i] < 0 ? below : above;
    },
    leafValue: (residuals) => rule(residuals, level),
    signs: { above, below },
  };
}
