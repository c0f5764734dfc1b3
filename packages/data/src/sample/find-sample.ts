import type { MersenneTwister, Schema } from '@scorecast/core';
import { examsCohort } from './exams-cohort.js';
import { COHORT_ROWS } from './exams-statistics.js';
import { sampleError } from './sample-error.js';
import { sampleSchemas } from './sample-schemas.js';
import { studyHabitsBlock } from './study-habits-block.js';

/** Sample data that can be generated: its schema and where its records come from. */
export interface Sample {
  readonly schema: Schema;
  /** The next {@link BLOCK_ROWS} records as CSV lines, `first` records after the start of the random stream. */
  block(this: void, random: MersenneTwister, first: number): readonly string[];
}

/** How many records are made at once: an exams cohort, since its statistics hold for whole cohorts. */
export const BLOCK_ROWS = COHORT_ROWS;

const samples: readonly Sample[] = [
  { schema: sampleSchemas.exams, block: examsCohort },
  { schema: sampleSchemas['study-habits'], block: (random, first) => studyHabitsBlock(random, first, BLOCK_ROWS) },
];

/**
 * The names of the samples that {@link generateSample} knows.
 *
 * @example
 * sampleNames; // => ["exams", "study-habits"]
 */
export const sampleNames: readonly string[] = Object.keys(sampleSchemas);

/**
 * The sample of that name.
 *
 * @throws SAMPLE_UNKNOWN
 */
export function findSample(name: string): Sample {
  const sample = samples.find(({ schema }) => schema.name === name);
  if (sample === undefined) throw sampleError('SAMPLE_UNKNOWN', { name, known: sampleNames });
  return sample;
}
