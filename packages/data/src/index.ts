export { examsSchema } from './sample/exams-schema.js';
export { findSample, sampleNames, type Sample } from './sample/find-sample.js';
export {
  generateExams,
  generateSample,
  generateStudyHabits,
  sampleLines,
  type SampleOptions,
} from './sample/generate-sample.js';
export { sampleErrors } from './sample/sample-error.js';
export { studyHabitsSchema } from './sample/study-habits-schema.js';
