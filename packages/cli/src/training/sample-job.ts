import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { TrainingJob } from './run-training.js';

/**
 * The training that a newcomer gets: fictional exam records, written to the output folder the first time.
 *
 * @param out The output folder, absolute.
 */
export async function sampleJob(out: string): Promise<TrainingJob> {
  const { examsSchema, generateExams, writeFileSafely } = await import('@scorecast/data');
  const data = path.join(out, 'exams.csv');
  const exists = await access(data).then(
    () => true,
    () => false,
  );
  if (!exists) {
    await mkdir(out, { recursive: true });
    await writeFileSafely(data, generateExams());
  }
  return { schema: examsSchema, data, out };
}
