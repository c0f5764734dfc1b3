import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { examsSchema, generateExams } from '@scorecast/data';
import { temporaryFolder } from './cli-run.js';

/** A grid that trains in a blink. */
const grid = [{ estimator: 'least-squares' }, { estimator: 'ridge', params: { alpha: [1, 10] } }];

/** A folder with exams.csv and a configuration whose grid is small. */
export async function examsProject(settings: object = {}): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'exams.csv'), generateExams({ rows: 200 }));
  await changeExams(folder, settings);
  return folder;
}

/** Gives a project another configuration. */
export async function changeExams(folder: string, settings: object): Promise<void> {
  const config = { schema: examsSchema, data: 'exams.csv', workers: 1, grid, ...settings };
  await writeFile(path.join(folder, 'scorecast.config.json'), JSON.stringify(config));
}

/** Settings whose model knows nothing, so that no gate lets it through. */
export const uselessSettings = { grid: [{ estimator: 'mean' }], floor: { metric: 'r2', limit: -10 } };
