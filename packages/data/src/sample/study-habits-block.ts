import type { MersenneTwister } from '@scorecast/core';

const MOTIVATION = ['low', 'medium', 'high'] as const;

/**
 * The next fictional study habit records of a random stream, as CSV lines without line ends.
 *
 * Every student has a hidden ability, a standard normal deviate that moves all scores; the habits add to it:
 * - motivation (30 % low, 50 % medium, 20 % high) brings study hours and attendance;
 * - long study costs sleep, and weaker students take more tutoring: it helps, yet correlates with low scores;
 * - the midterm knows ability, study and attendance; the exam knows all habits, and sleep helps most near 7.5 hours;
 * - some cells are empty by pure chance: 3 % of sleep, 2 % of motivation, 5 % of last year's scores.
 *
 * @param first The number of records before these, from which student numbers go on.
 */
export function studyHabitsBlock(random: MersenneTwister, first: number, rows: number): readonly string[] {
  return Array.from({ length: rows }, (_, i) => {
    const id = `S${String(first + i + 1).padStart(7, '0')}`;
    return [id, ...studentCells(random)].join(',');
  });
}

function studentCells(random: MersenneTwister): readonly (number | string)[] {
  const chance = (share: number) => random.double() < share;
  const around = (centre: number, sd: number) => centre + sd * random.normal();

  const ability = random.normal();
  const drive = chance(0.3) ? -1 : chance(5 / 7) ? 0 : 1;
  const online = chance(0.9);
  const study = within(0, 40, halves(around(14 + 3 * drive, 5)));
  const attendance = within(40, 100, Math.round(around(86 + 4 * drive, 8)));
  const sleep = within(3, 11, halves(around(7.3 - 0.05 * (study - 14), 1)));
  const tutoring = count(8, () => chance(within(0.02, 0.9, 0.2 - 0.08 * ability)));

  const habits = 0.8 * (study - 14) + 0.3 * (attendance - 86);
  const lastYear = score(around(65 + 12 * ability, 5));
  const midterm = score(around(65 + 11 * ability + 0.6 * habits, 5));
  const exam = score(
    around(64 + 11 * ability + habits + 1.2 * tutoring + 2 * drive + (online ? 2 : 0) - (sleep - 7.5) ** 2, 4),
  );
  return [
    study,
    attendance,
    chance(0.03) ? '' : sleep,
    tutoring,
    chance(0.02) ? '' : MOTIVATION[drive + 1],
    online ? 'yes' : 'no',
    chance(0.05) ? '' : lastYear,
    midterm,
    exam,
  ];
}

function within(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value));
}

function halves(value: number): number {
  return Math.round(2 * value) / 2;
}

function score(value: number): number {
  return within(0, 100, Math.round(value));
}

function count(trials: number, succeeds: () => boolean): number {
  let successes = 0;
  for (let trial = 0; trial < trials; trial++) if (succeeds()) successes++;
  return successes;
}
