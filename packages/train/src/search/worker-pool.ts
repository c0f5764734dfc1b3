import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FitTask, SearchPlan } from './search-plan.js';
import { workerEntry } from './worker-entry.js';

/** What the main thread tells a worker: a plan, task after task, and in the end to forget the plan. */
export type WorkerRequest =
  | { readonly kind: 'plan'; readonly plan: SearchPlan }
  | { readonly kind: 'task'; readonly task: FitTask }
  | { readonly kind: 'forget' };

/** Workers that wait for the next search. They do not keep the process alive. */
const idle: Worker[] = [];

/**
 * Starts threads ahead of a search, so that they are ready by the time the data has been read. A search takes those that
 * wait; they do not keep the process alive.
 *
 * @param count How many are to wait; as many as the search's `workers`, if that is more than 1. Default all cores.
 */
export function startWorkers(count: number = availableParallelism()): void {
  if (count > 1) returnWorkers(borrowWorkers(count));
}

/** Takes waiting workers and starts those that are missing. */
export function borrowWorkers(count: number): readonly Worker[] {
  const waiting = idle.splice(0, count);
  for (const worker of waiting) {
    forgetListeners(worker);
    worker.ref();
  }
  return [...waiting, ...Array.from({ length: count - waiting.length }, startWorker)];
}

/** Gives back workers that have answered all that they were asked. */
export function returnWorkers(workers: readonly Worker[]): void {
  for (const worker of workers) {
    request(worker, { kind: 'forget' });
    forgetListeners(worker);
    worker.on('error', () => idle.splice(idle.indexOf(worker), 1));
    worker.unref();
    idle.push(worker);
  }
}

/** Sends a request. */
export function request(worker: Worker, message: WorkerRequest): void {
  worker.postMessage(message);
}

/** By name: a worker has listeners of its own, without which it hears nothing. */
function forgetListeners(worker: Worker): void {
  worker.removeAllListeners('message');
  worker.removeAllListeners('error');
}

function startWorker(): Worker {
  entry ??= findEntry();
  return new Worker(entry);
}

let entry: string | undefined;

/** The compiled worker is found through the package's own exports, so that it is the same from sources and from dist. */
function findEntry(): string {
  const { resolve } = createRequire(import.meta.url);
  const module = resolve('@scorecast/train/search-worker');
  return workerEntry(module, [path.dirname(path.dirname(module)), path.dirname(resolve('@scorecast/core'))]);
}
