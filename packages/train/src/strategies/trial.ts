import { canonicalJson, mean } from '@scorecast/core';
import { completeParams } from '../search/complete-candidate.js';
import { createEstimator } from '../estimators/estimators.js';
import type { Candidate } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { oriented, type ScoringName } from '../search/scoring.js';
import type { Batch } from './strategy.js';

/** What came of a candidate. That it cannot be fitted is a result too, with its reason. */
export type TrialOutcome =
  | {
      readonly kind: 'scored';
      /** In the order of the folds. */
      readonly folds: readonly FoldScore[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** A candidate that was evaluated with a share of the training rows. */
export interface Trial {
  readonly candidate: Candidate;
  readonly share: number;
  readonly outcome: TrialOutcome;
}

/**
 * Evaluates the candidates of a batch; the engine behind it decides how. It calls `onFinished` with a candidate's index as
 * soon as that is finished, in any order, and resolves to all outcomes in the batch's order; undefined stands for those that
 * the signal cut off.
 */
export type Evaluate = (
  batch: Batch,
  run: {
    readonly signal: AbortSignal;
    onFinished(this: void, index: number, outcome: TrialOutcome): void;
  },
) => Promise<readonly (TrialOutcome | undefined)[]>;

/** A trial's mean score over the folds, turned so that higher is better; -Infinity for a failure. */
export function scoreOf(outcome: TrialOutcome, metric: ScoringName): number {
  if (outcome.kind === 'failed') return -Infinity;
  return oriented(metric, mean(outcome.folds.map(({ test }) => test[metric])));
}

/** What tells candidates apart: the estimator with every param, chosen or default, and the preprocessing. */
export function candidateKey(candidate: Candidate): string {
  const { estimator, preprocessing } = candidate;
  const params = refusal(candidate) === undefined ? completeParams(candidate) : candidate.params;
  return canonicalJson([estimator, params, preprocessing]);
}

/** Why an estimator refuses a candidate's params together, although each is in its range; undefined when it does not. */
export function refusal({ estimator, params }: Candidate): string | undefined {
  try {
    createEstimator(estimator, params);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
