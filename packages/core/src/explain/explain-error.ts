import { errorFactory } from '../errors.js';

/** The errors of explanations. */
export const explainErrors = {
  EXPLAIN_TOO_MANY_FEATURES: {
    status: 422,
    exitCode: 3,
    message: (d: { model: string; features: number; limit: number }) =>
      `predictions of this model (${d.model}) cannot be explained exactly: that needs every combination of its ${d.features} features (expected at most ${d.limit}, a linear model or trees; ask without an explanation)`,
  },
  EXPLAIN_NO_REFERENCE: {
    status: 422,
    exitCode: 3,
    message: (d: { feature: string }) =>
      `predictions of this model cannot be explained: its bundle does not say what ${JSON.stringify(d.feature)} looked like in training (expected a bundle that "scorecast train" wrote; ask without an explanation)`,
  },
};

export const explainError = errorFactory(explainErrors);
