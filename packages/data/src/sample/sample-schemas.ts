import type { Schema } from '@scorecast/core';
import { examsSchema } from './exams-schema.js';
import { studyHabitsSchema } from './study-habits-schema.js';

/**
 * The schema of each sample that {@link generateSample} knows, by the sample's name.
 *
 * @example
 * sampleSchemas['study-habits'].target.name; // => "exam_score"
 */
export const sampleSchemas: Readonly<Record<'exams' | 'study-habits', Schema>> = {
  exams: examsSchema,
  'study-habits': studyHabitsSchema,
};
