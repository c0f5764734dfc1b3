import { errorFactory } from '../errors.js';

/** The errors of statistics. */
export const statsErrors = {
  STATS_SEED: {
    status: 400,
    exitCode: 2,
    message: (d: { seed: number }) => `seed ${d.seed} cannot be used (expected an integer from 0 to 4294967295)`,
  },
  STATS_LENGTH: {
    status: 500,
    exitCode: 1,
    message: (d: { left: number; right: number }) =>
      `${d.left} values cannot be compared with ${d.right} (expected two lists of the same length, at least 1)`,
  },
};

export const statsError = errorFactory(statsErrors);
