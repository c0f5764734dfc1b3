import type { Bundle, FittedTransformer, LinearModel, Model, Schema } from '@scorecast/core';

const perfect = { r2: 1, mae: 0, rmse: 0 };

/** A model that adds all columns up. */
export function linear(features: readonly string[]): LinearModel {
  return { kind: 'linear', features, intercept: 1, coefficients: new Float64Array(features.length).fill(1) };
}

/** A bundle of which nothing matters but its pipeline and schema. */
export function bundleWith(schema: Schema, transformers: readonly FittedTransformer[], model: Model): Bundle {
  return {
    name: 'tiny',
    version: '0'.repeat(12),
    schema,
    pipeline: { transformers, model },
    interval: { level: 0.9, radius: 5, residualCount: 20, testCoverage: 1 },
    metrics: { train: perfect, cv: perfect, cvSd: perfect, test: perfect, trainRows: 20, testRows: 5 },
    reference: [],
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
    replay: {
      rows: [
        { hours: 1, absences: 2, lunch: 'free' },
        { absences: 3, lunch: 'standard', hours: null },
      ],
      predictions: [4, 4],
    },
  };
}
