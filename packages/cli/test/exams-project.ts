import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { examsSchema, generateExams } from '@scorecast/data';
import { temporaryFolder } from './cli-run.js';

/** A grid that trains in a blink. */
const grid = [{ estimator: 'least-squares' }, { estimator: 'ridge', params: { alpha: [1, 10] } }];

/** A folder with exams.csv and a configuration whose grid is small. */
export async function examsProject(settings: object = {}): Promise<string> {
  const folder = await temporaryFolder();
  const config = { schema: examsSchema, data: 'exams.csv', workers: 1, grid, ...settings };
  await writeFile(path.join(folder, 'exams.csv'), generateExams({ rows: 200 }));
  await writeFile(path.join(folder, 'scorecast.config.json'), JSON.stringify(config));
  return folder;
}
