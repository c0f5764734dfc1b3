import { trainError } from '../train-error.js';
import { runSearch } from '../search/run-search.js';
import type { SearchProgress } from '../search/search-progress.js';
import type { SearchPlan } from '../search/search-plan.js';
import type { SearchOutcome } from '../search/search-record.js';
import { evaluateBySearch } from '../strategies/evaluate-by-search.js';
import { planFingerprint } from '../strategies/plan-fingerprint.js';
import { runStrategy } from '../strategies/run-strategy.js';
import { searchReporter } from '../strategies/search-reporter.js';
import { searchBySpace, type FoundCandidates } from '../strategies/search-candidates.js';
import type { SearchSpace } from '../strategies/search-space.js';
import type { StrategyOptions } from '../strategies/strategy-options.js';
import type { Strategy } from '../strategies/strategy.js';
import type { Candidate } from '../search/candidate.js';
import type { TrainingSettings } from '../search/training-settings.js';
import type { Trial } from '../strategies/trial.js';
import type { AutomaticOptions, AutomaticStage } from './automatic-options.js';

/** What all stages of one training share: threads, clock, cancelling, time budget, journal and progress. */
export interface StageRunner {
  /**
   * Evaluates every candidate of a plan in every fold.
   *
   * @param part Which of how many such runs it is, from 0, for the progress.
   */
  run(stage: AutomaticStage, plan: SearchPlan, part?: Part): Promise<SearchOutcome>;
  /**
   * Lets a strategy choose candidates, as long as there is time; what an earlier run finished is taken from the journal.
   *
   * @param candidates How many it will try.
   */
  runStrategy(stage: AutomaticStage, plan: SearchPlan, strategy: Strategy, candidates: number): Promise<StrategyResult>;
  /** The same with a strategy of the user's choice over a space. */
  searchSpace(stage: AutomaticStage, plan: SearchPlan, by: SpaceSearch): Promise<FoundCandidates>;
  /** Whether there is a budget and it is spent. */
  isTimeUp(): boolean;
}

/** One of several runs that take about as long. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

/** A space, and how it is searched. */
export interface SpaceSearch {
  readonly space: SearchSpace;
  readonly search: StrategyOptions;
}

/** What a strategy tried, in its order. */
interface StrategyResult {
  readonly trials: readonly Trial[];
  /** What each row is predicted by a model of the candidate that has not seen it, repeat after repeat. */
  predictionsOf(this: void, candidate: Candidate): Float64Array;
}

/** Starts the clock of a training. */
export function stageRunner(
  options: Pick<AutomaticOptions, 'signal' | 'onProgress' | 'timeBudgetMs' | 'journal'>,
  { workers, now, metrics: [metric] }: Pick<TrainingSettings, 'workers' | 'now' | 'metrics'>,
): StageRunner {
  const { signal, onProgress, timeBudgetMs = Infinity, journal } = options;
  const startedAt = now();
  const openMs = () => startedAt + timeBudgetMs - now();
  const reporter = (stage: AutomaticStage) =>
    onProgress === undefined
      ? undefined
      : (progress: SearchProgress) => {
          const limitMs = stage === 'search' ? Math.max(0, openMs()) : Infinity;
          const remainingMs = Math.min(progress.remainingMs, limitMs);
          onProgress({ ...progress, stage, elapsedMs: now() - startedAt, remainingMs });
        };
  return {
    isTimeUp: () => openMs() <= 0,
    run(stage, plan, part = { index: 0, of: 1 }) {
      const report = reporter(stage);
      const onProgress = report && ((progress: SearchProgress) => report(ofAllParts(progress, part)));
      return runSearch(plan, { workers, now, metric, signal, onProgress });
    },
    searchSpace: (stage, plan, { space, search }) =>
      searchBySpace(plan, space, search, { workers, now, signal, journal, metric, onProgress: reporter(stage) }),
    async runStrategy(stage, plan, strategy, candidates) {
      const timeMs = timeBudgetMs === Infinity ? undefined : Math.max(1, openMs());
      const report = reporter(stage);
      const search = { folds: plan.folds.length, metric, candidates, timeMs, now };
      const progress = report && searchReporter(search, report);
      const onProgress = progress?.onFits;
      const { evaluate, predictionsOf } = evaluateBySearch(plan, { workers, now, metric, onProgress });
      const { trials, stoppedBy } = await runStrategy(strategy, {
        evaluate,
        metric,
        budget: { timeMs },
        journal: journal === undefined ? undefined : { store: journal, fingerprint: planFingerprint(plan) },
        signal,
        onBatch: progress?.onBatch,
        now,
      });
      if (stoppedBy === 'cancelled') throw trainError('TRAIN_CANCELLED', {}, { cause: signal?.reason });
      return { trials, predictionsOf };
    },
  };
}

/** The progress of all parts, if those to come take as long as this one will. */
function ofAllParts(progress: SearchProgress, { index, of }: Part): SearchProgress {
  const { done, total, elapsedMs, remainingMs } = progress;
  const toComeMs = (of - index - 1) * (elapsedMs + remainingMs);
  return { ...progress, done: index * total + done, total: of * total, remainingMs: remainingMs + toComeMs };
}
