import { errorFactory } from '@scorecast/core';

/** The errors of a log of predictions in a database. */
export const predictionStoreErrors = {
  PREDICTION_STORE_URL: {
    status: 500,
    exitCode: 2,
    message: (d: { url: string; reason: string }) =>
      `predictions cannot be recorded at ${d.url}: ${d.reason} (expected sqlite:///file.db or postgresql://user:password@host/name)`,
  },
  PREDICTION_STORE_UNAVAILABLE: {
    status: 503,
    exitCode: 1,
    message: (d: { url: string; reason: string }) => `the database ${d.url} cannot be used now: ${d.reason}`,
  },
};

export const storeError = errorFactory(predictionStoreErrors);
