import { parentPort } from 'node:worker_threads';
import { foldEvaluator } from './fold-evaluator.js';
import type { FoldOutcome, FoldTask, WorkerRequest } from './search-plan.js';

// The entry of a worker thread, started by evaluateInWorkers; it is never imported.

let evaluate: ((task: FoldTask) => FoldOutcome) | undefined;

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.kind === 'plan') evaluate = foldEvaluator(request.plan, () => performance.now());
  else parentPort?.postMessage(evaluate?.(request.task));
});
