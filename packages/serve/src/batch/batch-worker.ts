import { open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { ScorecastError } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import type { BatchJob, BatchMessage, BatchResult } from './batch-job.js';
import { rowScorer } from './row-scorer.js';
import { scoreCsv } from './score-csv.js';

// The entry of a worker thread, started by runBatch; it is never imported.

parentPort?.once('message', (job: BatchJob) => void scoreAndSay(job));

async function scoreAndSay(job: BatchJob): Promise<void> {
  try {
    say({ kind: 'done', result: await scoreFile(job) });
  } catch (error) {
    if (!(error instanceof ScorecastError)) throw error;
    const { code, status, exitCode, message, details } = error;
    say({ kind: 'refused', refusal: { code, status, exitCode, message, details } });
  }
}

/** What a file is shows in its first bytes, whatever it was called. */
async function scoreFile(job: BatchJob): Promise<BatchResult> {
  const score = rowScorer(job.bundle, async (scored) => {
    say({ kind: 'scored', ...scored });
    return heard();
  });
  const begin = await firstBytes(job.source);
  if (begin.startsWith('PAR1')) {
    const { scoreParquet } = await import('./score-parquet.js');
    return scoreParquet(job, score);
  }
  const other = OTHERS.find(({ magic }) => begin.startsWith(magic));
  if (other !== undefined) {
    throw serveError('SERVE_BATCH_UNREADABLE', { reason: `it is ${other.name}`, expected: other.expected });
  }
  return scoreCsv(job, score);
}

/** Files that people send by mistake. */
const OTHERS = [
  { magic: 'PK', name: 'an Excel workbook or a ZIP archive', expected: 'the sheet saved as "CSV UTF-8"' },
  { magic: '\u00d0\u00cf\u0011\u00e0', name: 'an old Excel workbook', expected: 'the sheet saved as "CSV UTF-8"' },
  { magic: '\u001f\u008b', name: 'compressed by gzip', expected: 'the file that is in it' },
  { magic: '\u00ff\u00fe', name: 'UTF-16', expected: 'a file that was saved as "CSV UTF-8"' },
];

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The next word of the main thread: the id of the rows that it was told of. */
function heard(): Promise<string> {
  return new Promise((resolve) => parentPort?.once('message', resolve));
}

function say(message: BatchMessage): void {
  parentPort?.postMessage(message);
}
