import { defineSchema, type Bundle, type Model } from '../../src/index.js';

/** Every kind of feature, an identifier and an alias, and everything optional that a schema can say. */
const sampleSchema = defineSchema({
  name: 'exams',
  identifiers: [{ name: 'student', label: 'Student number' }],
  features: [
    {
      kind: 'numeric',
      name: 'reading',
      min: 0,
      max: 100,
      unit: 'points',
      description: 'Reading score',
      actionable: true,
    },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free/reduced'], aliases: ['meal'], sensitive: true },
    { kind: 'ordinal', name: 'education', levels: ['school', 'college'], optional: true },
  ],
  target: { name: 'math', min: 0, max: 100, unit: 'points', integer: true },
});

/** The columns behind {@link sampleTransformers}. */
const columns = ['reading', 'lunch=standard', 'lunch=free/reduced', 'education'];

const linear = {
  kind: 'linear',
  features: columns,
  coefficients: Float64Array.of(10, 2, -2, 0.1),
  intercept: 60.5,
} as const;

export const models = {
  linear,
  neighbours: {
    kind: 'neighbours',
    features: columns,
    k: 2,
    weights: 'distance',
    p: 1,
    rows: Float64Array.of(-1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 1),
    targets: Float64Array.of(40, 60, 80),
  },
  'tree-ensemble': {
    kind: 'tree-ensemble',
    features: columns,
    combine: 'mean',
    trees: [
      {
        feature: Int32Array.of(0, -1, -1),
        threshold: Float64Array.of(0.25, 0, 0),
        left: Int32Array.of(1, -1, -1),
        right: Int32Array.of(2, -1, -1),
        missingLeft: Uint8Array.of(1, 0, 0),
        value: Float64Array.of(60, 50, 70),
        cover: Float64Array.of(4, 2, 2),
      },
    ],
  },
  network: {
    kind: 'network',
    features: columns,
    layers: [
      { weights: Float64Array.of(1, -1, 2, 0.5, -2, 0, 0.1, 3), biases: Float64Array.of(0.25, -0.5) },
      { weights: Float64Array.of(1.5, -0.75), biases: Float64Array.of(0.125) },
    ],
    outputCenter: 60,
    outputScale: 12.5,
  },
  stack: {
    kind: 'stack',
    features: columns,
    members: [
      { transformers: [], model: linear },
      { transformers: [{ kind: 'scaling', columns: [{ name: 'reading', center: 1, scale: 2 }] }], model: linear },
    ],
    weights: Float64Array.of(0.25, 0.75),
    intercept: 0.5,
  },
} as const satisfies Record<Model['kind'], Model>;

const scores = { r2: 0.87, mae: 4.2, rmse: 5.4 };

/** A bundle whose predictions can be checked by hand; its replay fits the linear model. */
export function sampleBundle(changes: Partial<Omit<Bundle, 'version'>> = {}): Omit<Bundle, 'version'> {
  return {
    name: 'exams',
    schema: sampleSchema,
    pipeline: {
      transformers: [
        { kind: 'imputation', columns: [{ name: 'education', fill: 'school' }] },
        { kind: 'scaling', columns: [{ name: 'reading', center: 70, scale: 10 }] },
        { kind: 'one-hot', unseen: 'ignore', columns: [{ name: 'lunch', levels: ['standard', 'free/reduced'] }] },
        { kind: 'ordinal-encoding', columns: [{ name: 'education', levels: ['school', 'college'] }] },
      ],
      model: models.linear,
    },
    interval: { level: 0.9, radius: 9.25, residualCount: 800, testCoverage: 0.89 },
    metrics: { train: scores, cv: scores, cvSd: scores, test: scores, trainRows: 800, testRows: 200 },
    importance: {
      permutation: {
        metric: 'r2',
        baseline: 0.87,
        rows: 200,
        repeats: 5,
        features: [{ name: 'reading', mean: 0.7, sd: 0.01 }],
      },
      columns: { kind: 'coefficients', values: [{ name: 'lunch=standard', value: -2.5 }] },
    },
    reference: [
      { kind: 'numeric', name: 'reading', missing: 0, mean: 70, sd: 10, quantiles: [17, 60, 70, 80, 100] },
      { kind: 'categorical', name: 'lunch', missing: 2, counts: [{ level: 'standard', count: 798 }] },
    ],
    provenance: {
      scorecast: '0.1.0',
      estimator: 'ridge',
      params: { alpha: 1 },
      preprocessing: { scaling: 'standard' },
      seed: 42,
      testSize: 0.2,
      folds: 5,
      dataSha256: 'ab'.repeat(32),
      dataRows: 1000,
      selection: 'ridge (alpha 1) is the only candidate.',
    },
    replay: {
      rows: [
        { reading: 80, lunch: 'standard', education: 'college' },
        { reading: 70, lunch: 'free/reduced', education: null },
      ],
      predictions: [72.6, 58.5],
    },
    ...changes,
  };
}
