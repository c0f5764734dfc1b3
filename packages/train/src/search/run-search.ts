import { setImmediate as nextTurn } from 'node:timers/promises';
import { createEstimator } from '../estimators/estimators.js';
import { trainError } from '../train-error.js';
import { outOfFoldPredictions } from './cross-validate.js';
import { describeCandidate, type Candidate } from './candidate.js';
import type { FoldScore } from './evaluate-fold.js';
import { evaluateInWorkers } from './evaluate-in-workers.js';
import { foldEvaluator } from './fold-evaluator.js';
import type { FailedCandidate, ScoredCandidate } from './leaderboard.js';
import { progressReporter, type SearchProgress } from './search-progress.js';
import type { FoldOutcome, FoldTask, SearchPlan } from './search-plan.js';

/** How a search runs; nothing of it changes what comes out. */
export interface SearchRun {
  /** Threads that fit; 1 fits on this thread, between turns of the event loop. */
  readonly workers: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: SearchProgress) => void) | undefined;
  now(this: void): number;
}

/** A candidate with its scores, and what each training row was predicted by a model that had not seen it. */
export type Evaluated = ScoredCandidate & { readonly predictions: Float64Array };

/** What a search found out about every candidate. */
export interface SearchOutcome {
  readonly scored: readonly Evaluated[];
  readonly failed: readonly FailedCandidate[];
}

/**
 * Evaluates every candidate in every fold. The outcome depends on the plan alone: outcomes are put in place by index,
 * whichever thread they come from and in whichever order.
 *
 * @throws TRAIN_CANCELLED when the signal aborts; TRAIN_ALL_FAILED when no candidate could be fitted.
 */
export async function runSearch(plan: SearchPlan, run: SearchRun): Promise<SearchOutcome> {
  const tasks = planTasks(plan);
  const outcomes: FoldOutcome[][] = plan.candidates.map(() => []);
  const report = progressReporter(plan, tasks.length, run);
  const onOutcome = (outcome: FoldOutcome) => {
    outcomes[outcome.candidate][outcome.fold] = outcome;
    report(outcome);
  };
  try {
    await evaluate(plan, tasks, run, onOutcome);
  } catch (cause) {
    if (run.signal?.aborted === true) throw trainError('TRAIN_CANCELLED', {}, { cause });
    throw cause;
  }
  return gather(plan, outcomes);
}

/** Fold by fold, so that threads transform each fold once; in a fold the slow ones first, so that all end together. */
function planTasks({ candidates, folds }: SearchPlan): readonly FoldTask[] {
  const slowestFirst = candidates
    .map(({ estimator, params }, candidate) => ({
      candidate,
      complexity: createEstimator(estimator, params).complexity,
    }))
    .sort((a, b) => b.complexity - a.complexity);
  return folds.flatMap((_, fold) => slowestFirst.map(({ candidate }) => ({ candidate, fold })));
}

async function evaluate(
  plan: SearchPlan,
  tasks: readonly FoldTask[],
  { workers, signal, now }: SearchRun,
  onOutcome: (outcome: FoldOutcome) => void,
): Promise<void> {
  const threads = Math.min(workers, tasks.length);
  if (threads > 1) return evaluateInWorkers(plan, tasks, { workers: threads, signal, onOutcome });
  const evaluateTask = foldEvaluator(plan, now);
  for (const task of tasks) {
    await nextTurn();
    signal?.throwIfAborted();
    onOutcome(evaluateTask(task));
  }
}

function gather(plan: SearchPlan, outcomes: readonly (readonly FoldOutcome[])[]): SearchOutcome {
  const scored: Evaluated[] = [];
  const failed: FailedCandidate[] = [];
  plan.candidates.forEach((candidate, i) => {
    const result = gatherCandidate(candidate, plan, outcomes[i]);
    if ('reason' in result) failed.push(result);
    else scored.push(result);
  });
  if (scored.length === 0) {
    const reasons = failed.map((candidate) => ({ name: describeCandidate(candidate), reason: candidate.reason }));
    throw trainError('TRAIN_ALL_FAILED', { failed: reasons });
  }
  return { scored, failed };
}

function gatherCandidate(
  candidate: Candidate,
  plan: SearchPlan,
  outcomes: readonly FoldOutcome[],
): Evaluated | FailedCandidate {
  const folds: FoldScore[] = [];
  const outOfFold = outOfFoldPredictions(plan.target.length);
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') return { ...candidate, reason: outcome.reason };
    folds.push(outcome.score);
    outOfFold.add(plan.folds[outcome.fold], outcome.predictions);
  }
  return { candidate, folds, predictions: outOfFold.means() };
}
