import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { sharePlan, type FoldOutcome, type FoldTask, type SearchPlan, type WorkerRequest } from './search-plan.js';

/**
 * Evaluates tasks on several threads. Each worker gets the plan once and then one task after another; outcomes arrive
 * in no particular order. The workers have ended when the promise settles.
 *
 * @throws The signal's reason when it aborts, and whatever ends a worker, such as exhausted memory.
 */
export async function evaluateInWorkers(
  plan: SearchPlan,
  tasks: readonly FoldTask[],
  run: {
    readonly workers: number;
    readonly signal?: AbortSignal | undefined;
    onOutcome(this: void, outcome: FoldOutcome): void;
  },
): Promise<void> {
  const { signal, onOutcome } = run;
  signal?.throwIfAborted();
  const shared = sharePlan(plan);
  const queue = tasks.values();
  const workers = Array.from({ length: run.workers }, () => startWorker(shared));
  const settled = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      let open = tasks.length;
      const cancel = () => reject(new Error('the signal aborted', { cause: signal?.reason }));
      signal?.addEventListener('abort', cancel, { signal: settled.signal });
      for (const worker of workers) {
        const feed = () => {
          const next = queue.next();
          if (next.done !== true) send(worker, { kind: 'task', task: next.value });
        };
        worker.on('error', reject);
        worker.on('message', (outcome: FoldOutcome) => {
          feed();
          // As a promise, so that what a listener throws ends the search and not the process.
          Promise.resolve(outcome)
            .then(onOutcome)
            .then(() => {
              if (--open === 0) resolve();
            }, reject);
        });
        feed();
      }
    });
  } finally {
    settled.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The compiled worker is found through the package's own exports, so that it is the same from sources and from dist. */
function startWorker(plan: SearchPlan): Worker {
  const worker = new Worker(createRequire(import.meta.url).resolve('@scorecast/train/search-worker'));
  send(worker, { kind: 'plan', plan });
  return worker;
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}
