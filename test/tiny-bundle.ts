import { defineSchema, encodeBundle, loadBundle } from '@scorecast/core';

/** One feature, so that every prediction can be checked in the head. */
export const tinySchema = defineSchema({
  name: 'tiny',
  features: [{ kind: 'numeric', name: 'hours', min: 0 }],
  target: { name: 'score', min: 0, max: 100 },
});

const perfect = { r2: 1, mae: 0, rmse: 0 };

/** The JSON text of a bundle that predicts ten points per hour, with an interval of five points to each side. */
export const tinyBundleText = await encodeBundle({
  name: 'tiny',
  schema: tinySchema,
  pipeline: {
    transformers: [],
    model: { kind: 'linear', features: ['hours'], intercept: 0, coefficients: Float64Array.of(10) },
  },
  interval: { level: 0.9, radius: 5, residualCount: 20, testCoverage: 1 },
  metrics: { train: perfect, cv: perfect, cvSd: { r2: 0, mae: 0, rmse: 0 }, test: perfect, trainRows: 20, testRows: 5 },
  reference: [{ kind: 'numeric', name: 'hours', missing: 0, mean: 5, sd: 2, quantiles: [0, 4, 5, 6, 10] }],
  provenance: {
    scorecast: '0.1.0',
    estimator: 'least-squares',
    params: {},
    preprocessing: {},
    seed: 42,
    testSize: 0.2,
    folds: 5,
    dataSha256: '0'.repeat(64),
    dataRows: 25,
    selection: 'it is the only candidate',
  },
  replay: { rows: [{ hours: 5 }], predictions: [50] },
});

/** {@link tinyBundleText}, loaded. */
export const tinyBundle = await loadBundle(tinyBundleText);
