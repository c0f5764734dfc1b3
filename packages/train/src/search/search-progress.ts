import { mean } from '@scorecast/core';
import type { Candidate } from './candidate.js';
import { oriented, type ScoringName } from './scoring.js';
import type { FoldOutcome, SearchPlan } from './search-plan.js';

/** How far a search has come; reported after every fit. */
export interface SearchProgress {
  /** Fits that are done, of `total`: one per fold for every group of candidates that one fit answers. */
  readonly done: number;
  readonly total: number;
  /** The candidate that leads: of those with all folds behind them, while there are any; absent while nothing is scored. */
  readonly best?: LeadingCandidate;
  readonly elapsedMs: number;
  /** The time that the rest will take if it takes as long as the fits so far did on average. */
  readonly remainingMs: number;
}

/** A candidate and its mean score, over the folds that it has behind it, by the metric that candidates are chosen by. */
export interface LeadingCandidate {
  readonly candidate: Candidate;
  readonly metric: ScoringName;
  readonly score: number;
  readonly folds: number;
}

/** Makes the listener that turns outcomes into progress; it does nothing when nobody listens. */
export function progressReporter(
  plan: SearchPlan,
  total: number,
  run: {
    readonly metric: ScoringName;
    readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
    now(this: void): number;
  },
): (outcomes: readonly FoldOutcome[]) => void {
  const { metric, onProgress, now } = run;
  if (onProgress === undefined) return () => undefined;
  const startedAt = now();
  const scores: number[][] = plan.candidates.map(() => []);
  let done = 0;
  return (outcomes) => {
    done++;
    for (const outcome of outcomes) {
      if (outcome.kind === 'scored') scores[outcome.candidate].push(outcome.score.test[metric]);
    }
    const elapsedMs = now() - startedAt;
    const best = leader(plan, scores, metric);
    const remainingMs = (elapsedMs / done) * (total - done);
    onProgress({ done, total, ...(best === undefined ? {} : { best }), elapsedMs, remainingMs });
  };
}

function leader(plan: SearchPlan, scores: readonly (readonly number[])[], metric: ScoringName) {
  let best: LeadingCandidate | undefined;
  const isWhole = scores.some((folds) => folds.length === plan.folds.length);
  scores.forEach((folds, i) => {
    // A lucky first fold is no lead.
    if (folds.length < (isWhole ? plan.folds.length : 1)) return;
    const score = mean(folds);
    if (best !== undefined && oriented(metric, score) <= oriented(metric, best.score)) return;
    best = { candidate: plan.candidates[i], metric, score, folds: folds.length };
  });
  return best;
}
