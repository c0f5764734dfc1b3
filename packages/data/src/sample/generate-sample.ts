import { mersenneTwister, schemaFields, type MersenneTwister } from '@scorecast/core';
import { BLOCK_ROWS, findSample, type Sample } from './find-sample.js';
import { sampleError } from './sample-error.js';

/** How much sample data, and which. */
export interface SampleOptions {
  /** The number of records, from 1. Default 1000. */
  readonly rows?: number;
  /** An integer from 0 to 2^32 - 1. Default 42. The same seed gives the same bytes. */
  readonly seed?: number;
}

/**
 * Sample data as CSV text: a header in the schema's order, then one line per fictional student, ended by LF.
 *
 * With the same seed, a shorter sample is the beginning of a longer one.
 *
 * @param name One of {@link sampleNames}.
 * @throws SAMPLE_UNKNOWN, SAMPLE_ROWS, STATS_SEED
 * @example
 * generateSample('exams', { rows: 3 }).split('\n').length; // => 5
 */
export function generateSample(name: string, options: SampleOptions = {}): string {
  return [...sampleLines(name, options)].join('');
}

/**
 * The same text in pieces of whole lines, made when they are asked for: a million rows need no more memory than one
 * thousand.
 *
 * @param name One of {@link sampleNames}.
 * @throws SAMPLE_UNKNOWN, SAMPLE_ROWS, STATS_SEED; all at once, before the first piece.
 * @example
 * [...sampleLines('study-habits', { rows: 2500 })].length; // => 4
 */
export function sampleLines(name: string, { rows = 1000, seed = 42 }: SampleOptions = {}): Generator<string> {
  const sample = findSample(name);
  if (!Number.isSafeInteger(rows) || rows < 1) throw sampleError('SAMPLE_ROWS', { rows });
  return pieces(sample, rows, mersenneTwister(seed));
}

function* pieces({ schema, block }: Sample, rows: number, random: MersenneTwister): Generator<string> {
  const names = schemaFields(schema).map(({ name }) => name);
  yield `${names.join(',')}\n`;
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const lines = block(random, first).slice(0, rows - first);
    yield `${lines.join('\n')}\n`;
  }
}

/**
 * Fictional exam records: seven facts and `math_score`, as {@link examsSchema} names them. The students do not exist.
 *
 * Every 1000 rows have the level counts of the published data "Students Performance in Exams" and, nearly, its means,
 * group means, standard deviations and correlations; they come closer than a random draw would. No row is taken from it.
 *
 * @throws SAMPLE_ROWS, STATS_SEED
 * @example
 * generateExams({ rows: 1 }).split(',').length; // => 15
 */
export function generateExams(options: SampleOptions = {}): string {
  return generateSample('exams', options);
}

/**
 * Fictional study habit records: study hours, attendance, sleep, tutoring, motivation, earlier scores and `exam_score`, as
 * {@link studyHabitsSchema} names them; a few optional cells are empty. The students do not exist, and how habits
 * make scores is invented.
 *
 * @throws SAMPLE_ROWS, STATS_SEED
 * @example
 * generateStudyHabits({ rows: 1 }).startsWith('student_id,study_hours'); // => true
 */
export function generateStudyHabits(options: SampleOptions = {}): string {
  return generateSample('study-habits', options);
}
