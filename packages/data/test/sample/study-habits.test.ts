import { columnOf, numericColumns, table, type Table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { generateStudyHabits } from '../../src/sample/generate-sample.js';
import { covariance } from '../../src/sample/set-covariance.js';
import { studyHabitsSchema } from '../../src/sample/study-habits-schema.js';
import { leastSquaresR2 } from './least-squares.js';
import { readRecords, readSample } from './read-sample.js';

const csv = generateStudyHabits({ rows: 20_000 });
const { features, target } = readSample(csv, studyHabitsSchema);

/** The correlation of a feature with the exam score over the rows that have it. */
function correlation(name: string): number {
  const [{ values }] = numericColumns(table([columnOf(features, name)]));
  const known = (_: number, i: number) => !Number.isNaN(values[i]);
  const [[a, both], [, b]] = covariance([values.filter(known), target.filter(known)]);
  return both / Math.sqrt(a * b);
}

/** The share of rows that have no value. */
function missing({ rowCount, columns }: Table, name: string): number {
  const column = columns.find((candidate) => candidate.name === name);
  const gaps = column?.kind === 'numeric' ? column.values.filter(Number.isNaN) : column?.codes.filter((c) => c < 0);
  return (gaps?.length ?? Number.NaN) / rowCount;
}

describe('the study habits sample', () => {
  it('numbers its students from 1', () => {
    const ids = readRecords(csv).map((record) => record['student_id']);
    expect([ids[0], ids.at(-1)]).toEqual(['S0000001', 'S0020000']);
    expect(new Set(ids).size).toBe(20_000);
  });

  it.each([
    { seed: 42, rows: 1000 },
    { seed: 1, rows: 1000 },
    { seed: 2, rows: 10_000 },
  ])('is explained by least squares to about .8: %o', (options) => {
    const sample = readSample(generateStudyHabits(options), studyHabitsSchema);
    expect(Math.abs(leastSquaresR2(sample.features, sample.target) - 0.8)).toBeLessThan(0.03);
  });

  it.each([
    { name: 'study_hours', expected: 0.4 },
    { name: 'attendance', expected: 0.27 },
    { name: 'last_year_score', expected: 0.74 },
    { name: 'midterm_score', expected: 0.83 },
    { name: 'sleep_hours', expected: -0.07 },
    { name: 'tutoring_sessions', expected: -0.31 },
  ])('correlates $name with the exam by about $expected', ({ name, expected }) => {
    expect(Math.abs(correlation(name) - expected)).toBeLessThan(0.03);
  });

  it('lets tutoring help, though weaker students take more of it', () => {
    const scores = features.columns.filter(({ name }) => name !== 'tutoring_sessions');
    const without = leastSquaresR2(table(scores), target);
    expect(leastSquaresR2(features, target)).toBeGreaterThan(without + 0.003);
  });

  it.each([
    { name: 'sleep_hours', share: 0.03 },
    { name: 'motivation', share: 0.02 },
    { name: 'last_year_score', share: 0.05 },
  ])('leaves $share of $name empty', ({ name, share }) => {
    expect(Math.abs(missing(features, name) - share)).toBeLessThan(0.005);
  });
});
