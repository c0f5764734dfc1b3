import { mean } from '@scorecast/core';
import { dot, products, type Combination, type JointPredictions } from './error-products.js';

/** The penalty on squared weights, as a share of the predictions' mean square: it splits weight between twins. */
const PENALTY = 1e-3;
const MAX_ROUNDS = 1000;
const SMALLEST_CHANGE = 1e-9;

/**
 * Stacking: the linear model over the candidates' predictions, with an intercept, whose weights are not negative and a
 * little shrunken. Found by cyclic coordinate descent.
 *
 * Source: L. Breiman, "Stacked Regressions", Machine Learning 24 (1996), whose weights are not negative either.
 *
 * @param joint Out-of-fold predictions: those of models that had seen the rows would favour whoever learns by heart.
 */
export function stackPredictions({ predictions, target }: JointPredictions): Combination {
  const centres = predictions.map((values) => mean(values));
  const targetCentre = mean(target);
  const centred = predictions.map((values, j) => values.map((value) => value - centres[j]));
  const weights = nonNegativeWeights(
    products(centred),
    Float64Array.from(centred, (values) => dot(values, target)),
  );
  return { weights, intercept: weights.reduce((sum, weight, j) => sum - weight * centres[j], targetCentre) };
}

/** Minimises `w' G w - 2 c' w` and the penalty over weights that are not negative. */
function nonNegativeWeights(gram: Float64Array, cross: Float64Array): Float64Array {
  const count = cross.length;
  const weights = new Float64Array(count);
  const own = weights.map((_, j) => gram[j * count + j]);
  const penalty = PENALTY * mean(own);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let change = 0;
    for (let j = 0; j < count; j++) {
      let rest = cross[j] + own[j] * weights[j];
      for (let i = 0; i < count; i++) rest -= gram[j * count + i] * weights[i];
      const updated = own[j] + penalty > 0 ? Math.max(0, rest / (own[j] + penalty)) : 0;
      change = Math.max(change, Math.abs(updated - weights[j]));
      weights[j] = updated;
    }
    if (change < SMALLEST_CHANGE) break;
  }
  return weights;
}
