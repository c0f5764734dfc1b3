import { defineSchema, predictPipeline, recordParser, type Bundle, type Pipeline } from '@scorecast/core';
import { examsBundle } from '../exams-bundle.js';

const schema = defineSchema({
  name: 'odd',
  features: [
    { kind: 'numeric', name: 'unbounded' },
    { kind: 'numeric', name: 'whole', integer: true, min: -5, max: 5, optional: true },
    { kind: 'nominal', name: 'quotes "and", commas', levels: ['a,b', 'c"d', 'é\u202E', ' '], optional: true },
    { kind: 'ordinal', name: 'constructor', levels: ['__proto__', 'low', 'high'] },
  ],
  target: { name: 'toString' },
});

const row = { unbounded: 1.5, whole: null, 'quotes "and", commas': 'c"d', constructor: 'low' };

const pipeline: Pipeline = {
  transformers: [
    {
      kind: 'imputation',
      columns: [
        { name: 'whole', fill: 0 },
        { name: 'quotes "and", commas', fill: ' ' },
      ],
    },
    {
      kind: 'one-hot',
      unseen: 'error',
      columns: [
        { name: 'quotes "and", commas', levels: ['a,b', 'c"d', 'é\u202E', ' '] },
        { name: 'constructor', levels: ['__proto__', 'low', 'high'] },
      ],
    },
  ],
  model: {
    kind: 'linear',
    features: [
      'unbounded',
      'whole',
      ...['a,b', 'c"d', 'é\u202E', ' '].map((level) => `quotes "and", commas=${level}`),
      'constructor=__proto__',
      'constructor=low',
      'constructor=high',
    ],
    coefficients: Float64Array.of(2, 1, 0, 3, 0, 0, -1, 1, 0),
    intercept: 1,
  },
};

/** A bundle with names and levels that trip careless code, a number without bounds, and features that may be missing. */
export async function oddBundle(): Promise<Bundle> {
  const replayed = predictPipeline(pipeline, recordParser(schema)([row], 'typed'));
  return examsBundle({
    name: 'odd',
    schema,
    pipeline,
    reference: schema.features.map((feature) =>
      feature.kind === 'numeric'
        ? { kind: 'numeric', name: feature.name, missing: 0, mean: 0, sd: 1, quantiles: [-2, -1, 0, 1, 2] }
        : {
            kind: 'categorical',
            name: feature.name,
            missing: 0,
            counts: feature.levels.map((level) => ({ level, count: 1 })),
          },
    ),
    interval: { level: 0.9, radius: Infinity, residualCount: 3, testCoverage: 1 },
    replay: { rows: [row], predictions: Array.from(replayed) },
  });
}
