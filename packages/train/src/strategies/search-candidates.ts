import type { ScoringName } from '../search/scoring.js';
import { trainError } from '../train-error.js';
import type { Candidate } from '../search/candidate.js';
import type { FailedCandidate } from '../search/leaderboard.js';
import { runSearch, type SearchRun } from '../search/run-search.js';
import type { SearchPlan } from '../search/search-plan.js';
import type { Evaluated } from '../search/search-record.js';
import type { Budget } from './budget.js';
import { evaluateBySearch } from './evaluate-by-search.js';
import { gridSearch } from './grid-search.js';
import { planFingerprint } from './plan-fingerprint.js';
import { runStrategy } from './run-strategy.js';
import { searchReporter } from './search-reporter.js';
import type { SearchSpace } from './search-space.js';
import { spaceStrategy } from './space-strategy.js';
import type { StrategyOptions } from './strategy-options.js';
import type { Strategy } from './strategy.js';
import { candidateKey, type Trial } from './trial.js';
import type { TrialJournal } from './trial-journal.js';

/** How candidates are searched for; besides the metric, nothing of it changes what comes out. */
export interface CandidateSearchRun extends Pick<SearchRun, 'workers' | 'signal' | 'onProgress' | 'now'> {
  readonly journal: TrialJournal | undefined;
  readonly metric: ScoringName;
}

/** What a search found out, in the order in which it tried. */
export interface FoundCandidates {
  /** Those that learned from all rows. */
  readonly scored: readonly Evaluated[];
  readonly failed: readonly FailedCandidate[];
}

/**
 * Evaluates all candidates of a plan by cross-validation. With a journal, candidates are finished one after another, so that
 * as many as possible are kept; without one, fold after fold, which is a little faster.
 *
 * @throws TRAIN_CANCELLED when the signal aborts, and what the journal throws.
 */
export async function searchGrid(plan: SearchPlan, run: CandidateSearchRun): Promise<FoundCandidates> {
  const { workers, signal, now, metric, onProgress } = run;
  if (run.journal === undefined) return runSearch(plan, { workers, signal, now, metric, onProgress });
  return search(gridSearch(plan.candidates), plan, {}, run);
}

/**
 * Searches a space by cross-validation on a plan's folds.
 *
 * @throws TRAIN_OPTION for limits that make no sense; TRAIN_CANCELLED when the signal aborts, and what the journal throws.
 */
export async function searchBySpace(
  plan: Omit<SearchPlan, 'candidates'>,
  space: SearchSpace,
  options: StrategyOptions,
  run: CandidateSearchRun,
): Promise<FoundCandidates> {
  const { strategy, budget } = spaceStrategy(space, options, plan.seed);
  return search(strategy, plan, budget, run);
}

async function search(
  strategy: Strategy,
  plan: Omit<SearchPlan, 'candidates'>,
  budget: Budget,
  run: CandidateSearchRun,
): Promise<FoundCandidates> {
  const { workers, signal, now, journal, metric, onProgress } = run;
  const reporter = onProgress && searchReporter({ folds: plan.folds.length, metric, ...budget, now }, onProgress);
  const { evaluate, predictionsOf } = evaluateBySearch(plan, { workers, now, metric, onProgress: reporter?.onFits });
  const { trials, stoppedBy } = await runStrategy(strategy, {
    evaluate,
    budget,
    metric,
    journal: journal && { store: journal, fingerprint: planFingerprint(plan) },
    signal,
    onBatch: reporter?.onBatch,
    now,
  });
  if (stoppedBy === 'cancelled') throw trainError('TRAIN_CANCELLED', {}, { cause: signal?.reason });
  return foundIn(trials, predictionsOf);
}

/** Failures count at any share of the rows; scores only with all of them. */
function foundIn(trials: readonly Trial[], predictionsOf: (candidate: Candidate) => Float64Array): FoundCandidates {
  const failed = new Map<string, FailedCandidate>();
  for (const { candidate, outcome } of trials) {
    if (outcome.kind === 'failed') failed.set(candidateKey(candidate), { ...candidate, reason: outcome.reason });
  }
  const scored: Evaluated[] = [];
  for (const { candidate, share, outcome } of trials) {
    if (outcome.kind === 'failed' || share < 1 || failed.has(candidateKey(candidate))) continue;
    scored.push({
      candidate,
      folds: outcome.folds,
      get predictions() {
        return predictionsOf(candidate);
      },
    });
  }
  return { scored, failed: [...failed.values()] };
}
