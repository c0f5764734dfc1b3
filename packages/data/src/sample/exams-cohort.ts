import type { MersenneTwister } from '@scorecast/core';
import {
  COHORT_ROWS,
  columnStatistics,
  residualCovariance,
  type ColumnStatistics,
  type Scores,
} from './exams-statistics.js';
import { raked } from './raked.js';
import { setCovariance } from './set-covariance.js';

/** How far ability leans to the low side: its skewness is about -6 times this. */
const LEAN = 0.06;

/** The places of the three scores in the statistics, in the order of the schema: reading, writing, maths last. */
const SCORE_ORDER = [1, 2, 0] as const;

/**
 * The next 1000 fictional exam records of a random stream, as CSV lines without line ends.
 *
 * The levels of each column are dealt in their published counts, independently of the other columns. A score is the sum
 * of one effect per level, found so that every group has its published mean, and of a residual: normal deviates, most of
 * them one ability that the scores share, freed of differences between the groups and given their published covariances.
 * The sums are rounded and clipped to 0-100.
 */
export function examsCohort(random: MersenneTwister): readonly string[] {
  const noise = [abilities(random), normals(random), normals(random)];
  const dealt = columnStatistics.map((column) => deal(column, random));
  const groupings = (mean: (means: Scores) => number) =>
    columnStatistics.map(({ levels }, c) => ({ codes: dealt[c], means: levels.map(({ means }) => mean(means)) }));

  const balanced = groupings(() => 0);
  const residuals = noise.map((column) => raked(column, balanced));
  setCovariance(residuals, residualCovariance);
  const effects = noise.map((_, score) => {
    const published = groupings((means) => means[score]);
    return raked(new Float64Array(COHORT_ROWS), published);
  });

  return Array.from({ length: COHORT_ROWS }, (_, i) =>
    [
      ...columnStatistics.map(({ levels }, c) => levels[dealt[c][i]].level),
      ...SCORE_ORDER.map((score) => points(effects[score][i] + residuals[score][i])),
    ].join(','),
  );
}

function normals(random: MersenneTwister): Float64Array {
  return Float64Array.from({ length: COHORT_ROWS }, () => random.normal());
}

/** Normal deviates, bent a little: exam scores have a longer tail below than above. */
function abilities(random: MersenneTwister): Float64Array {
  return normals(random).map((z) => z - LEAN * (z * z - 1));
}

/** The level codes of one column, in their published counts and in random order. */
function deal({ levels }: ColumnStatistics, random: MersenneTwister): Int32Array {
  const codes = Int32Array.from(levels.flatMap(({ rows }, code) => new Array<number>(rows).fill(code)));
  random.shuffle(codes);
  return codes;
}

function points(sum: number): number {
  return Math.min(100, Math.max(0, Math.round(sum)));
}
