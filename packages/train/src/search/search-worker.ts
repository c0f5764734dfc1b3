import { parentPort } from 'node:worker_threads';
import { fitEvaluator } from './fit-evaluator.js';
import type { WorkerRequest } from './worker-pool.js';

// The entry of a worker thread, started by the pool; it is never imported.

let evaluate: ReturnType<typeof fitEvaluator> | undefined;

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.kind === 'task') parentPort?.postMessage(evaluate?.(request.task));
  else evaluate = request.kind === 'plan' ? fitEvaluator(request.plan, () => performance.now()) : undefined;
});
