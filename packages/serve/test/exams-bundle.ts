import {
  defineSchema,
  encodeBundle,
  loadBundle,
  predictPipeline,
  recordParser,
  type Bundle,
  type ColumnProfile,
} from '@scorecast/core';

type Draft = Omit<Bundle, 'version'>;

/** The exams data's schema. */
export const examsSchema = defineSchema({
  name: 'exams',
  features: [
    { kind: 'nominal', name: 'gender', levels: ['female', 'male'], sensitive: true },
    {
      kind: 'nominal',
      name: 'race_ethnicity',
      aliases: ['ethnicity', 'race/ethnicity'],
      label: 'race or ethnicity',
      levels: ['group A', 'group B', 'group C', 'group D', 'group E'],
      sensitive: true,
    },
    {
      kind: 'ordinal',
      name: 'parental_level_of_education',
      label: "parents' level of education",
      levels: [
        'some high school',
        'high school',
        'some college',
        "associate's degree",
        "bachelor's degree",
        "master's degree",
      ],
    },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free/reduced'] },
    { kind: 'nominal', name: 'test_preparation_course', levels: ['none', 'completed'], actionable: true },
    { kind: 'numeric', name: 'reading_score', min: 0, max: 100, unit: 'points', aliases: ['reading score'] },
    { kind: 'numeric', name: 'writing_score', min: 0, max: 100, unit: 'points' },
  ],
  identifiers: [{ name: 'student_id' }],
  target: { name: 'math_score', min: 0, max: 100, unit: 'points' },
});

/** A valid record. */
export const student = {
  gender: 'female',
  race_ethnicity: 'group B',
  parental_level_of_education: "bachelor's degree",
  lunch: 'standard',
  test_preparation_course: 'none',
  reading_score: 72,
  writing_score: 74,
};

/** What the hand-made model gives for {@link student}: -10 + 2 (standard lunch) + .7 * 72 + .4 * 74. */
export const studentScore = 72;

/** What training may have looked like: mean scores of 70, and each level as often as the others. */
export const examsReference = examsSchema.features.map((feature): ColumnProfile => {
  const { name } = feature;
  if (feature.kind === 'numeric') {
    return { kind: 'numeric', name, missing: 0, mean: 70, sd: 15, quantiles: [17, 60, 70, 80, 100] };
  }
  return { kind: 'categorical', name, missing: 0, counts: feature.levels.map((level) => ({ level, count: 100 })) };
});

const draft: Draft = {
  name: 'exams',
  schema: examsSchema,
  pipeline: {
    transformers: [
      {
        kind: 'one-hot',
        unseen: 'ignore',
        columns: examsSchema.features.flatMap((feature) =>
          feature.kind === 'numeric' ? [] : [{ name: feature.name, levels: feature.levels }],
        ),
      },
    ],
    model: linear({ 'lunch=standard': 2, reading_score: 0.7, writing_score: 0.4 }, -10),
  },
  interval: { level: 0.9, radius: 8.9, residualCount: 800, testCoverage: 0.905 },
  metrics: {
    train: { r2: 0.874, mae: 4.2671, rmse: 5.3243 },
    cv: { r2: 0.8705, mae: 4.3211, rmse: 5.4012 },
    cvSd: { r2: 0.0174, mae: 0.2, rmse: 0.25 },
    test: { r2: 0.8804, mae: 4.2148, rmse: 5.394 },
    trainRows: 800,
    testRows: 200,
  },
  reference: [],
  provenance: {
    scorecast: '0.1.0',
    estimator: 'ridge',
    params: { alpha: 1 },
    preprocessing: {},
    seed: 42,
    testSize: 0.2,
    folds: 5,
    dataSha256: '802478d1fb131fea8481d61c88e74d2333d3e5580ff1c13483dda971eed8f880',
    dataRows: 1000,
    selection: 'It is the simplest of four candidates within one standard error of the best.',
  },
  replay: { rows: [student], predictions: [] },
};

function linear(weights: Readonly<Record<string, number>>, intercept: number) {
  const features = examsSchema.features.flatMap((feature) =>
    feature.kind === 'numeric' ? [feature.name] : feature.levels.map((level) => `${feature.name}=${level}`),
  );
  return {
    kind: 'linear' as const,
    features,
    coefficients: Float64Array.from(features, (name) => weights[name] ?? 0),
    intercept,
  };
}

/** A loaded bundle whose model was made by hand: its reading and writing scores weigh differently. */
export async function examsBundle(changes: Partial<Draft> = {}): Promise<Bundle> {
  const changed = { ...draft, ...changes };
  const rows = recordParser(changed.schema)(changed.replay.rows, 'typed');
  const predictions = Array.from(predictPipeline(changed.pipeline, rows));
  return loadBundle(await encodeBundle({ ...changed, replay: { rows: changed.replay.rows, predictions } }));
}
