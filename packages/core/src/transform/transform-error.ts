import { errorFactory } from '../errors.js';

/** The errors of transformers. */
export const transformErrors = {
  TRANSFORM_COLUMN_KIND: {
    status: 500,
    exitCode: 1,
    message: (d: { column: string; expected: string }) =>
      `column ${JSON.stringify(d.column)} has another kind than in training (expected ${d.expected})`,
  },
  TRANSFORM_UNSEEN_LEVEL: {
    status: 422,
    exitCode: 3,
    message: (d: { column: string; level: string }) =>
      `column ${JSON.stringify(d.column)}: level ${JSON.stringify(d.level)} did not occur in training ` +
      '(to accept such levels, train with the policy "ignore" for unseen levels)',
  },
};

export const transformError = errorFactory(transformErrors);
