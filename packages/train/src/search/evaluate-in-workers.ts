import type { FitTask, FoldOutcome, SearchPlan } from './search-plan.js';
import { sharePlan } from './share-plan.js';
import type { TaskQueue } from './task-queue.js';
import { borrowWorkers, request, returnWorkers } from './worker-pool.js';

/**
 * Evaluates a queue's tasks on several threads. Each worker gets the plan once and then one task after another;
 * outcomes arrive in no particular order. The workers go back to the pool; after a failure they have ended.
 *
 * @throws The signal's reason when it aborts, and whatever ends a worker, such as exhausted memory.
 */
export async function evaluateInWorkers(
  plan: SearchPlan,
  queue: TaskQueue,
  run: {
    readonly workers: number;
    readonly signal?: AbortSignal | undefined;
    onOutcomes(this: void, outcomes: readonly FoldOutcome[]): void;
  },
): Promise<void> {
  const { signal, onOutcomes } = run;
  signal?.throwIfAborted();
  const shared = sharePlan(plan);
  const workers = borrowWorkers(run.workers);
  const settled = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      let open = workers.length;
      const cancel = () => reject(new Error('the signal aborted', { cause: signal?.reason }));
      signal?.addEventListener('abort', cancel, { signal: settled.signal });
      for (const [thread, worker] of workers.entries()) {
        let task: FitTask | undefined;
        const feed = () => {
          task = queue.next(thread);
          if (task !== undefined) request(worker, { kind: 'task', task });
        };
        worker.on('error', reject);
        worker.on('message', (outcomes: readonly FoldOutcome[]) => {
          if (settled.signal.aborted) return;
          feed();
          // What a listener throws ends the search and not the process.
          try {
            onOutcomes(outcomes);
            if (task === undefined && --open === 0) resolve();
          } catch (cause) {
            reject(cause instanceof Error ? cause : new Error(String(cause)));
          }
        });
        request(worker, { kind: 'plan', plan: shared });
        feed();
      }
    });
    returnWorkers(workers);
  } catch (cause) {
    settled.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw cause;
  } finally {
    settled.abort();
  }
}
