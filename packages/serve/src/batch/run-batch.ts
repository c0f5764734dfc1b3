import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ScorecastError } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import type { BatchJob, BatchMessage, BatchResult, ScoredListener } from './batch-job.js';

/** What a batch may take of the heap: a row group of a Parquet file stands in it whole. */
const HEAP_LIMIT_MB = 512;

/**
 * Scores a file in a thread of its own, so that requests are answered meanwhile, and so that a file that asks for too much
 * memory ends its thread alone.
 *
 * @param onScored Hears of rows as they are scored; the next are not scored before it has given an id to these.
 * @throws SERVE_BATCH_UNREADABLE, SERVE_BATCH_TOO_LONG, SERVE_BATCH_MEMORY, SERVE_CSV_UNREADABLE; the signal's reason when
 * it ends the batch.
 */
export async function runBatch(job: BatchJob, onScored: ScoredListener, signal: AbortSignal): Promise<BatchResult> {
  signal.throwIfAborted();
  const entry = createRequire(import.meta.url).resolve('@scorecast/serve/batch-worker');
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB } });
  const end = () => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<BatchResult>((resolve, reject) => {
      worker.on('message', (message: BatchMessage) => {
        if (message.kind === 'scored') {
          onScored(message).then((id) => {
            worker.postMessage(id);
          }, reject);
        } else if (message.kind === 'done') resolve(message.result);
        else reject(errorOf(message.refusal));
      });
      worker.on('error', (error) => reject(isOutOfMemory(error) ? serveError('SERVE_BATCH_MEMORY', {}) : error));
      worker.on('exit', () =>
        reject(signal.reason instanceof Error ? signal.reason : new Error('the batch thread ended')),
      );
      worker.postMessage(job);
    });
  } finally {
    signal.removeEventListener('abort', end);
    await worker.terminate();
  }
}

function errorOf(refusal: Extract<BatchMessage, { kind: 'refused' }>['refusal']): Error {
  return new ScorecastError(refusal.code, refusal, refusal.message, refusal.details);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
