import { setImmediate as nextTurn } from 'node:timers/promises';
import { trainError } from '../train-error.js';
import { evaluateInWorkers } from './evaluate-in-workers.js';
import { fitEvaluator } from './fit-evaluator.js';
import { planFits } from './plan-fits.js';
import { progressReporter, type SearchProgress } from './search-progress.js';
import type { FoldOutcome, SearchPlan } from './search-plan.js';
import { searchRecord, type SearchOutcome } from './search-record.js';
import type { ScoringName } from './scoring.js';
import { fitByFit, estimatorByEstimator, type TaskQueue } from './task-queue.js';

/** How a search runs; nothing of it changes a candidate's result. */
export interface SearchRun {
  /** Threads that fit; 1 fits on this thread, between turns of the event loop. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * What happens when the signal aborts: `throw` (the default) ends in an error. `keep` returns what is finished, and
   * therefore finishes candidates one after another, those first that are probably quickest.
   */
  readonly onAbort?: 'throw' | 'keep' | undefined;
  /** Which candidates count as the better ones, in progress and where memory is short. Default `r2`. */
  readonly metric?: ScoringName | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
  /** Called with what comes of every fit, one outcome per candidate that it answers. */
  readonly onOutcomes?: ((outcomes: readonly FoldOutcome[]) => void) | undefined;
  now(this: void): number;
}

/**
 * Evaluates every candidate in every fold, candidates of one family by one fit. The outcome depends on the plan alone:
 * outcomes are put in place by index, whichever thread they come from and in whichever order.
 *
 * @throws TRAIN_CANCELLED when the signal aborts, unless results are to be kept.
 */
export async function runSearch(plan: SearchPlan, run: SearchRun): Promise<SearchOutcome> {
  const { signal, onAbort = 'throw', metric = 'r2' } = run;
  const fits = planFits(plan.candidates, plan.preprocessing);
  const queue = onAbort === 'throw' ? estimatorByEstimator(plan, fits) : fitByFit(plan, fits);
  const record = searchRecord(plan, metric);
  const total = fits.length * plan.folds.length;
  const report = progressReporter(plan, total, { ...run, metric });
  const onOutcomes = (outcomes: readonly FoldOutcome[]) => {
    for (const outcome of outcomes) record.add(outcome);
    run.onOutcomes?.(outcomes);
    report(outcomes);
  };
  try {
    await evaluate(plan, queue, { ...run, workers: Math.min(run.workers, total), onOutcomes });
  } catch (cause) {
    if (signal?.aborted !== true) throw cause;
    if (onAbort === 'throw') throw trainError('TRAIN_CANCELLED', {}, { cause });
  }
  return record.outcome();
}

async function evaluate(
  plan: SearchPlan,
  queue: TaskQueue,
  run: SearchRun & { onOutcomes(this: void, outcomes: readonly FoldOutcome[]): void },
): Promise<void> {
  if (run.workers > 1) return evaluateInWorkers(plan, queue, run);
  const evaluateTask = fitEvaluator(plan, run.now);
  for (let task = queue.next(0); task !== undefined; task = queue.next(0)) {
    await nextTurn();
    run.signal?.throwIfAborted();
    run.onOutcomes(evaluateTask(task));
  }
}
