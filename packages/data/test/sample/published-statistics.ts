import { mean, quantile, standardDeviation, table, type Table } from '@scorecast/core';
import { examsSchema } from '../../src/sample/exams-schema.js';
import { columnStatistics } from '../../src/sample/exams-statistics.js';
import { covariance } from '../../src/sample/set-covariance.js';
import { leastSquaresR2 } from './least-squares.js';
import { readRecords, readSample } from './read-sample.js';

/** Exam records, prepared for counting. */
export interface Exams {
  readonly rows: number;
  /** The categorical features. */
  readonly facts: Table;
  score(name: string): Float64Array;
  scoreWhere(name: string, column: string, level: string): Float64Array;
  /** The R2 of least squares for the maths score, from the facts and perhaps the other two scores. */
  r2(from: 'facts' | 'facts and scores'): number;
}

/** One published number: what it is of records, and how near a sample comes to it. */
export interface Published {
  readonly statistic: string;
  readonly value: number;
  of(exams: Exams): number;
  /** The greatest distance at the default 1000 rows and seed 42. */
  readonly tolerance: number;
  /** The greatest distance at any other seed. */
  readonly looser: number;
}

/** Exam records from CSV text. */
export function readExams(csv: string): Exams {
  const records = readRecords(csv);
  const { features, target } = readSample(csv, examsSchema);
  const facts = table(features.columns.filter((column) => column.kind === 'categorical'));
  return {
    rows: records.length,
    score: (name) => Float64Array.from(records, (record) => Number(record[name])),
    scoreWhere: (name, column, level) =>
      Float64Array.from(
        records.filter((record) => record[column] === level),
        (record) => Number(record[name]),
      ),
    facts,
    r2: (from) => leastSquaresR2(from === 'facts' ? facts : features, target),
  };
}

const lowest = (values: Float64Array): number => Math.min(...values);
const highest = (values: Float64Array): number => Math.max(...values);
const median = (values: Float64Array): number => quantile(values, 0.5);
const sd = (values: Float64Array): number => standardDeviation(values, 1);
const correlation = (a: Float64Array, b: Float64Array): number => covariance([a, b])[0][1] / (sd(a) * sd(b));

function scoreStatistics(
  name: string,
  values: Readonly<Record<'mean' | 'sd' | 'min' | 'median' | 'full', number>>,
): readonly Published[] {
  const of = (statistic: (values: Float64Array) => number) => (exams: Exams) => statistic(exams.score(name));
  const per1000 = (exams: Exams) => (1000 * exams.score(name).filter((score) => score === 100).length) / exams.rows;
  return [
    { statistic: `mean of ${name}`, value: values.mean, of: of(mean), tolerance: 0.1, looser: 0.2 },
    { statistic: `sd of ${name}`, value: values.sd, of: of(sd), tolerance: 0.1, looser: 0.4 },
    { statistic: `median of ${name}`, value: values.median, of: of(median), tolerance: 1, looser: 2 },
    { statistic: `lowest ${name}`, value: values.min, of: of(lowest), tolerance: 15, looser: 25 },
    { statistic: `highest ${name}`, value: 100, of: of(highest), tolerance: 0, looser: 3 },
    { statistic: `${name} of 100, per 1000 rows`, value: values.full, of: per1000, tolerance: 6, looser: 12 },
  ];
}

/** The statistics of the published file that describe single scores and pairs of them. */
const scoreTable: readonly Published[] = [
  ...scoreStatistics('math_score', { mean: 66.089, sd: 15.1631, min: 0, median: 66, full: 7 }),
  ...scoreStatistics('reading_score', { mean: 69.169, sd: 14.6002, min: 17, median: 70, full: 17 }),
  ...scoreStatistics('writing_score', { mean: 68.054, sd: 15.1957, min: 10, median: 69, full: 14 }),
  ...[
    { a: 'math_score', b: 'reading_score', value: 0.81758 },
    { a: 'math_score', b: 'writing_score', value: 0.802642 },
    { a: 'reading_score', b: 'writing_score', value: 0.954598 },
  ].map(({ a, b, value }) => ({
    statistic: `correlation of ${a} and ${b}`,
    value,
    of: (exams: Exams) => correlation(exams.score(a), exams.score(b)),
    tolerance: 0.003,
    looser: 0.02,
  })),
];

/** The shares of the levels and their mean scores. */
const levelTable: readonly Published[] = columnStatistics.flatMap(({ name: column, levels }) =>
  levels.flatMap(({ level, rows, means }): readonly Published[] => [
    {
      statistic: `rows of ${level} (${column}), per 1000`,
      value: rows,
      of: (exams) => (1000 * exams.scoreWhere('math_score', column, level).length) / exams.rows,
      tolerance: 0,
      looser: 0,
    },
    ...['math_score', 'reading_score', 'writing_score'].map((score, s) => ({
      statistic: `mean ${score} of ${level} (${column})`,
      value: means[s],
      of: (exams: Exams) => mean(exams.scoreWhere(score, column, level)),
      tolerance: 0.5,
      looser: 1.1,
    })),
  ]),
);

/** How well least squares explains the maths score of the rows that it is fitted to. */
const r2Table: readonly Published[] = [
  {
    statistic: 'R2 of least squares, all features',
    value: 0.8767,
    of: (exams) => exams.r2('facts and scores'),
    tolerance: 0.003,
    looser: 0.01,
  },
  {
    statistic: 'R2 of least squares, without the other two scores',
    value: 0.2548,
    of: (exams) => exams.r2('facts'),
    tolerance: 0.02,
    looser: 0.04,
  },
];

/** Every published statistic of "Students Performance in Exams" that the sample is to have. */
export const publishedStatistics: readonly Published[] = [...scoreTable, ...levelTable, ...r2Table];
