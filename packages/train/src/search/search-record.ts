import { mean } from '@scorecast/core';
import type { Candidate } from './candidate.js';
import { createEstimator } from '../estimators/estimators.js';
import { crossValidate, outOfFoldPredictions } from './cross-validate.js';
import type { FoldScore } from './evaluate-fold.js';
import { keptPredictions } from './kept-predictions.js';
import type { FailedCandidate, ScoredCandidate } from './leaderboard.js';
import type { FoldOutcome, SearchPlan } from './search-plan.js';

/** A candidate with its scores, and what each training row was predicted by a model that had not seen it. */
export interface Evaluated extends ScoredCandidate {
  /** Where there were too many to keep them all, reading them fits the candidate's folds again, with the same result. */
  readonly predictions: Float64Array;
}

/** What a search found out about every candidate, each list in the order of the plan. */
export interface SearchOutcome {
  readonly scored: readonly Evaluated[];
  readonly failed: readonly FailedCandidate[];
  /** Those without a score in every fold, because the search was ended; a failure in one fold is failed. */
  readonly unfinished: readonly Candidate[];
}

/** How many bytes of predictions a search keeps: 16 000 candidates on 1000 rows. */
const PREDICTION_BYTES = 128 * 2 ** 20;

/** Collects outcomes by index, so that what comes out does not depend on the order in which they come in. */
export function searchRecord(plan: SearchPlan, predictionBytes = PREDICTION_BYTES) {
  const scores: FoldScore[][] = plan.candidates.map(() => []);
  const failures: string[][] = plan.candidates.map(() => []);
  const predictions = keptPredictions(predictionBytes);

  const outOfFold = (i: number): Float64Array => {
    const kept = predictions.of(i);
    if (kept === undefined) return fitAgain(plan, plan.candidates[i]);
    const byRow = outOfFoldPredictions(plan.target.length);
    kept.forEach((values, fold) => byRow.add(plan.folds[fold], values));
    return byRow.means();
  };

  const evaluated = (i: number): Evaluated => ({
    candidate: plan.candidates[i],
    folds: scores[i],
    get predictions() {
      return outOfFold(i);
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
      const finished = Object.values(scores[candidate]);
      predictions.keep(candidate, fold, outcome.predictions, mean(finished.map(({ test }) => test.r2)));
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

function fitAgain(plan: SearchPlan, candidate: Candidate): Float64Array {
  const estimator = createEstimator(candidate.estimator, candidate.params);
  const preprocessing = { ...plan.preprocessing, ...candidate.preprocessing };
  return crossValidate({ ...plan, estimator, preprocessing }).predictions;
}
