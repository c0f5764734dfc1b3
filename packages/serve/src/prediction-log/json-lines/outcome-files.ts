import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { idOfLine, outcomeLine, readOutcomeLine } from '../log-lines.js';
import type { OutcomeRow } from '../prediction-sink.js';
import { AppendFile } from './append-file.js';
import { outcomesName } from './file-name.js';
import { byDay } from './by-day.js';

/** Appends outcomes, each to the file of its prediction's day: they come months later, and are looked up by prediction. */
export async function writeOutcomes(folder: string, writer: string, rows: readonly OutcomeRow[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [day, ofDay] of byDay(rows, ({ id }) => id)) {
    const file = await AppendFile.open(join(folder, outcomesName(day, writer)), 'a');
    try {
      await file.append(ofDay.map(outcomeLine).join(''));
    } finally {
      await file.close();
    }
  }
}

/** All outcomes of a prediction in some files, in the order in which they were recorded. */
export async function readOutcomes(paths: readonly string[], id: string): Promise<readonly OutcomeRow[]> {
  const found: OutcomeRow[] = [];
  for (const path of paths) {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const row = idOfLine(line) === id ? readOutcomeLine(line) : undefined;
      if (row !== undefined) found.push(row);
    }
  }
  return found.sort((a, b) => a.recordedAt - b.recordedAt);
}
