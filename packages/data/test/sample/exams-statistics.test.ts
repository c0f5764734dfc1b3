import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateExams } from '../../src/sample/generate-sample.js';
import { residualCovariance } from '../../src/sample/exams-statistics.js';
import { covariance } from '../../src/sample/set-covariance.js';
import { leastSquaresResiduals } from './least-squares.js';
import { publishedStatistics, readExams, type Exams, type Published } from './published-statistics.js';

const published = new URL('../../../../../shared/data/students-exams.csv', import.meta.url);

/** The statistics that are further from the published ones than allowed, as sentences. */
function misses(exams: Exams, allowed: (entry: Published) => number): readonly string[] {
  return publishedStatistics
    .map((entry) => ({ ...entry, found: entry.of(exams), allowed: allowed(entry) }))
    .filter(({ found, value, allowed }) => !(Math.abs(found - value) <= allowed))
    .map(({ statistic, found, value, allowed }) => `${statistic}: ${found}, not within ${allowed} of ${value}`);
}

describe('the exams sample', () => {
  const sample = readExams(generateExams());

  it.each(publishedStatistics)('has the published $statistic, $value', ({ of, value, tolerance }) => {
    expect(Math.abs(of(sample) - value)).toBeLessThanOrEqual(tolerance);
  });

  it.each([0, 1, 2026, 4294967295])('has the published statistics with seed %i too', (seed) => {
    expect(misses(readExams(generateExams({ seed })), ({ looser }) => looser)).toEqual([]);
  });

  it('has the published statistics at 10 000 rows, where only the extremes differ more', () => {
    const large = readExams(generateExams({ rows: 10_000, seed: 7 }));
    expect(
      misses(large, ({ statistic, tolerance, looser }) => (statistic.startsWith('lowest') ? looser : tolerance)),
    ).toEqual([]);
  });
});

describe('the statistics that the sample is made from', () => {
  // The published file is not part of the project: its licence is unknown.
  it.skipIf(!existsSync(published))('are those of the published file, where it is at hand', () => {
    const exams = readExams(readFileSync(published, 'utf8').replaceAll('"', ''));
    expect(misses(exams, () => 0.0005)).toEqual([]);

    const scores = ['math_score', 'reading_score', 'writing_score'].map((name) => exams.score(name));
    const left = covariance(scores.map((score) => leastSquaresResiduals(exams.facts, score)));
    left.forEach((row, a) => row.forEach((value, b) => expect(value).toBeCloseTo(residualCovariance[a][b], 3)));
  });
});
