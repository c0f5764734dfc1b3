import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { answerIds } from '../../src/prediction-log/prediction-id.js';
import type { PredictionRow } from '../../src/prediction-log/prediction-sink.js';

/** 20 November 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** Makes rows with ids of their own, at the times that are given, else one millisecond after the other. */
export function rowsAt(at: number | readonly number[], count = 1): readonly PredictionRow[] {
  const times = typeof at === 'number' ? Array.from({ length: count }, (_, i) => at + i) : at;
  return times.map((time, i) => ({ ...PLAIN, id: answerIds(() => time)().id, givenAt: time, prediction: i + 0.1 }));
}

const PLAIN: Omit<PredictionRow, 'id' | 'givenAt'> = {
  route: 'predict',
  model: 'exams',
  version: 'c7d2006f1893',
  prediction: 66.1,
  lower: 57,
  upper: null,
  level: 0.9,
  inputs: '{"lunch":"free/reduced","reading_score":72}',
  inputsHash: null,
  identifiers: null,
};

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new folder, removed after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scorecast-log-'));
  folders.push(folder);
  return folder;
}
