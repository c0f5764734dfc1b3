import { mean } from '@scorecast/core';
import type { Candidate } from './candidate.js';
import type { FoldOutcome, SearchPlan } from './search-plan.js';

/** How far a search has come; reported after every fit. */
export interface SearchProgress {
  /** Fits that are done, of `total`: one per fold for every group of candidates that one fit answers. */
  readonly done: number;
  readonly total: number;
  /** The candidate that leads, by its mean R2 over the folds that it has behind it; absent while nothing is scored. */
  readonly best?: { readonly candidate: Candidate; readonly r2: number };
  readonly elapsedMs: number;
  /** The time that the rest will take if it takes as long as the fits so far did on average. */
  readonly remainingMs: number;
}

/** Makes the listener that turns outcomes into progress; it does nothing when nobody listens. */
export function progressReporter(
  plan: SearchPlan,
  total: number,
  run: { readonly onProgress?: ((progress: SearchProgress) => void) | undefined; now(this: void): number },
): (outcomes: readonly FoldOutcome[]) => void {
  const { onProgress, now } = run;
  if (onProgress === undefined) return () => undefined;
  const startedAt = now();
  const scores: number[][] = plan.candidates.map(() => []);
  let done = 0;
  return (outcomes) => {
    done++;
    for (const outcome of outcomes) {
      if (outcome.kind === 'scored') scores[outcome.candidate].push(outcome.score.test.r2);
    }
    const elapsedMs = now() - startedAt;
    const best = leader(plan, scores);
    const remainingMs = (elapsedMs / done) * (total - done);
    onProgress({ done, total, ...(best === undefined ? {} : { best }), elapsedMs, remainingMs });
  };
}

function leader(plan: SearchPlan, scores: readonly (readonly number[])[]) {
  let best: { candidate: Candidate; r2: number } | undefined;
  scores.forEach((r2s, i) => {
    const r2 = mean(r2s);
    if (r2s.length > 0 && (best === undefined || r2 > best.r2)) best = { candidate: plan.candidates[i], r2 };
  });
  return best;
}
