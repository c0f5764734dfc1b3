import { canonicalJson } from '@scorecast/core';
import { createEstimator } from '../estimators/estimators.js';
import { evaluateFold, type FoldScore } from './evaluate-fold.js';
import { prepareFold, type PreparedFold } from './prepare-fold.js';
import type { FoldOutcome, FoldTask, SearchPlan } from './search-plan.js';

/**
 * Prepares a plan's tasks for one thread. The transformed rows of the latest fold are kept, since tasks come fold by
 * fold; memory stays that of one fold however many there are.
 */
export function foldEvaluator(plan: SearchPlan, now: () => number): (task: FoldTask) => FoldOutcome {
  let latest: { readonly key: string; readonly prepared: PreparedFold } | undefined;
  const prepare = (task: FoldTask): PreparedFold => {
    const options = { ...plan.preprocessing, ...plan.candidates[task.candidate].preprocessing };
    const key = canonicalJson([task.fold, options]);
    if (latest?.key !== key) latest = { key, prepared: prepareFold(plan, options, plan.folds[task.fold]) };
    return latest.prepared;
  };
  return (task) => {
    const { estimator, params } = plan.candidates[task.candidate];
    try {
      const evaluation = evaluateFold(createEstimator(estimator, params), prepare(task), { seed: plan.seed, now });
      if (isFinite(evaluation.score)) return { kind: 'scored', ...task, ...evaluation };
      return { kind: 'failed', ...task, reason: 'its predictions are not finite numbers' };
    } catch (cause) {
      // The search goes on without this candidate; the leaderboard keeps the reason.
      return { kind: 'failed', ...task, reason: cause instanceof Error ? cause.message : String(cause) };
    }
  };
}

function isFinite({ train, test }: FoldScore): boolean {
  return [train, test].every(({ r2, mae, rmse }) => [r2, mae, rmse].every(Number.isFinite));
}
