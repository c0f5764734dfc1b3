export { examsSchema } from './sample/exams-schema.js';
export { sampleNames } from './sample/find-sample.js';
export {
  generateExams,
  generateSample,
  generateStudyHabits,
  sampleLines,
  type SampleOptions,
} from './sample/generate-sample.js';
export { sampleErrors } from './sample/sample-error.js';
export { sampleSchemas } from './sample/sample-schemas.js';
export { studyHabitsSchema } from './sample/study-habits-schema.js';
