/**
 * How many records these statistics describe. They are counts, means and covariances of the published data "Students
 * Performance in Exams", computed from the file once; no record of it is here. See `samples/README.md`.
 */
export const COHORT_ROWS = 1000;

/** One categorical column: how many of the 1000 rows have each level, and their mean scores. */
export interface ColumnStatistics {
  readonly name: string;
  readonly levels: readonly { readonly level: string; readonly rows: number; readonly means: Scores }[];
}

/** One number for each score. */
export type Scores = readonly [math: number, reading: number, writing: number];

/**
 * The sample covariances (divisor n - 1) of what is left of the scores when least squares has taken away one effect
 * per level of every column below.
 */
export const residualCovariance: readonly Scores[] = [
  [171.341, 149.4037, 147.7037],
  [149.4037, 164.7159, 151.0895],
  [147.7037, 151.0895, 153.7845],
];

/** The categorical columns, in the schema's order. */
export const columnStatistics: readonly ColumnStatistics[] = [
  {
    name: 'gender',
    levels: [
      { level: 'female', rows: 518, means: [63.633, 72.608, 72.467] },
      { level: 'male', rows: 482, means: [68.728, 65.473, 63.311] },
    ],
  },
  {
    name: 'race_ethnicity',
    levels: [
      { level: 'group A', rows: 89, means: [61.629, 64.674, 62.674] },
      { level: 'group B', rows: 190, means: [63.453, 67.353, 65.6] },
      { level: 'group C', rows: 319, means: [64.464, 69.103, 67.828] },
      { level: 'group D', rows: 262, means: [67.363, 70.031, 70.145] },
      { level: 'group E', rows: 140, means: [73.821, 73.029, 71.407] },
    ],
  },
  {
    name: 'parental_level_of_education',
    levels: [
      { level: 'some high school', rows: 179, means: [63.497, 66.939, 64.888] },
      { level: 'high school', rows: 196, means: [62.138, 64.704, 62.449] },
      { level: 'some college', rows: 226, means: [67.128, 69.46, 68.841] },
      { level: "associate's degree", rows: 222, means: [67.883, 70.928, 69.896] },
      { level: "bachelor's degree", rows: 118, means: [69.39, 73, 73.381] },
      { level: "master's degree", rows: 59, means: [69.746, 75.373, 75.678] },
    ],
  },
  {
    name: 'lunch',
    levels: [
      { level: 'standard', rows: 645, means: [70.034, 71.654, 70.823] },
      { level: 'free/reduced', rows: 355, means: [58.921, 64.654, 63.023] },
    ],
  },
  {
    name: 'test_preparation_course',
    levels: [
      { level: 'none', rows: 642, means: [64.078, 66.534, 64.505] },
      { level: 'completed', rows: 358, means: [69.696, 73.894, 74.419] },
    ],
  },
];
