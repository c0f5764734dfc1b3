export { dataError, dataErrors } from './data-error.js';
export type { FileFormat } from './file/file-format.js';
export { inferSchema, type InferenceReason, type InferOptions, type InferredSchema } from './infer/infer-schema.js';
export type { Dataset, DroppedRows } from './read/dataset.js';
export { readDataset } from './read/read-dataset.js';
export type { ReadOptions } from './read/read-options.js';
export { scanFile, type FileChunk, type IdentifierColumn } from './read/scan-file.js';
export { csvLine } from './write/csv-line.js';
export { writeFileSafely, type FileContent } from './write/write-file-safely.js';
export { writeParts, type PartFile, type PartsManifest, type PartsOrigin } from './write/write-parts.js';
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
