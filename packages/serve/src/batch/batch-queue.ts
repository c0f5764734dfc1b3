import { serveError } from '../serve-error.js';

/** How many batches may wait for the one that runs. */
const MAX_WAITING = 8;
const RETRY_SECONDS = 10;

/** Runs work one at a time, in the order in which it was asked for. */
export type BatchQueue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A queue for batches, which would otherwise take all cores and all memory from each other.
 *
 * @returns A queue whose calls throw SERVE_OVERLOADED when too many wait already.
 */
export function batchQueue(): BatchQueue {
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;
  return async (work) => {
    if (pending > MAX_WAITING) throw serveError('SERVE_OVERLOADED', { retrySeconds: RETRY_SECONDS });
    pending += 1;
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      pending -= 1;
    }
  };
}
