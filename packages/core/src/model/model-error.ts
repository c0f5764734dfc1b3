import { errorFactory } from '../errors.js';

/** The errors of fitted models. */
export const modelErrors = {
  MODEL_FEATURES: {
    status: 500,
    exitCode: 1,
    message: (d: { expected: readonly string[]; found: readonly string[] }) =>
      `the model was trained on the columns ${d.expected.join(', ')} (found ${d.found.join(', ')})`,
  },
};

export const modelError = errorFactory(modelErrors);
