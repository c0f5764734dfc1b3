import type { Candidate } from './candidate.js';
import { createEstimator } from '../estimators/estimators.js';
import { crossValidate } from './cross-validate.js';
import type { FoldScore } from './evaluate-fold.js';
import { keptPredictions } from './kept-predictions.js';
import type { FailedCandidate, ScoredCandidate } from './leaderboard.js';
import { preprocessingOf } from './preprocessing-of.js';
import { oriented, type ScoringName } from './scoring.js';
import type { FoldOutcome, SearchPlan } from './search-plan.js';

/** A candidate with its scores, and what each training row was predicted by a model that had not seen it. */
export interface Evaluated extends ScoredCandidate {
  /** One per row for each of the plan's repeats, repeat after repeat. Where there were too many to keep them all, reading them fits the candidate's folds again, with the same result. */
  readonly predictions: Float64Array;
}

/** What a search found out about every candidate, each list in the order of the plan. */
export interface SearchOutcome {
  readonly scored: readonly Evaluated[];
  readonly failed: readonly FailedCandidate[];
  /** Those without a score in every fold, because the search was ended; a failure in one fold is failed. */
  readonly unfinished: readonly Candidate[];
}

/**
 * Collects outcomes by index, so that what comes out does not depend on the order in which they come in.
 *
 * @param metric By which candidates keep their predictions where memory is short.
 */
export function searchRecord(plan: SearchPlan, metric: ScoringName, predictionBytes?: number) {
  const scores: FoldScore[][] = plan.candidates.map(() => []);
  const failures: string[][] = plan.candidates.map(() => []);
  const predictions = keptPredictions(plan, predictionBytes);

  const evaluated = (i: number): Evaluated => ({
    candidate: plan.candidates[i],
    folds: scores[i],
    get predictions() {
      return predictions.of(i) ?? predictAgain(plan, plan.candidates[i]);
    },
  });

  return {
    add(outcome: FoldOutcome): void {
      const { candidate, fold } = outcome;
      if (outcome.kind === 'failed') {
        failures[candidate][fold] = outcome.reason;
        return;
      }
      scores[candidate][fold] = outcome.score;
      const score = oriented(metric, outcome.score.test[metric]);
      predictions.keep(candidate, fold, outcome.predictions, score);
    },

    outcome(): SearchOutcome {
      const scored: Evaluated[] = [];
      const failed: FailedCandidate[] = [];
      const unfinished: Candidate[] = [];
      plan.candidates.forEach((candidate, i) => {
        const [reason] = Object.values(failures[i]);
        if (reason !== undefined) failed.push({ ...candidate, reason });
        else if (Object.keys(scores[i]).length < plan.folds.length) unfinished.push(candidate);
        else scored.push(evaluated(i));
      });
      return { scored, failed, unfinished };
    },
  };
}

/** A candidate's predictions once more, where they were not kept: the same bits. */
export function predictAgain(plan: Omit<SearchPlan, 'candidates'>, candidate: Candidate): Float64Array {
  const estimator = createEstimator(candidate.estimator, candidate.params);
  const preprocessing = preprocessingOf(plan.preprocessing, candidate);
  const { folds, repeats, target } = plan;
  const foldsPerRepeat = folds.length / repeats;
  const predictions = new Float64Array(repeats * target.length);
  for (let repeat = 0; repeat < repeats; repeat++) {
    const cut = folds.slice(repeat * foldsPerRepeat, (repeat + 1) * foldsPerRepeat);
    const validated = crossValidate({ ...plan, folds: cut, estimator, preprocessing });
    predictions.set(validated.predictions, repeat * target.length);
  }
  return predictions;
}
