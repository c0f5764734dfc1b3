import { createEstimator, type AnyFitFamily } from '../estimators/estimators.js';
import { evaluateFamily, evaluateFold, type FoldEvaluation, type FoldScore } from './evaluate-fold.js';
import { foldCache } from './fold-cache.js';
import { familyOf } from './plan-fits.js';
import type { PreparedFold } from './prepare-fold.js';
import type { FitTask, FoldOutcome, SearchPlan } from './search-plan.js';

/** Evaluates a plan's tasks on one thread, one outcome per candidate of the task. */
export function fitEvaluator(plan: SearchPlan, now: () => number): (task: FitTask) => readonly FoldOutcome[] {
  const prepare = foldCache(plan);
  const context = { seed: plan.seed, now };

  const evaluateAlone = (candidate: number, fold: PreparedFold): FoldEvaluation => {
    const { estimator, params } = plan.candidates[candidate];
    return evaluateFold(createEstimator(estimator, params), fold, context);
  };

  /** Undefined where the shared fit fails: one bad candidate must not fail the others. */
  const evaluateTogether = (family: AnyFitFamily, candidates: readonly number[], fold: PreparedFold) => {
    const members = candidates.map((candidate) => plan.candidates[candidate].params);
    try {
      return evaluateFamily(family, members, fold, context);
    } catch {
      return undefined;
    }
  };

  return ({ candidates, fold }) => {
    const [first] = candidates;
    const family = candidates.length > 1 ? familyOf(plan.candidates[first]) : undefined;
    let evaluations: readonly FoldEvaluation[] | undefined;
    return candidates.map((candidate, i) => {
      const at = { candidate, fold };
      try {
        const prepared = prepare(plan.candidates[candidate], fold);
        if (i === 0 && family !== undefined) evaluations = evaluateTogether(family, candidates, prepared);
        const evaluation = evaluations === undefined ? evaluateAlone(candidate, prepared) : evaluations[i];
        if (isFinite(evaluation.score)) return { kind: 'scored', ...at, ...evaluation };
        return { kind: 'failed', ...at, reason: 'its predictions are not finite numbers' };
      } catch (cause) {
        // The search goes on without this candidate; the leaderboard keeps the reason.
        return { kind: 'failed', ...at, reason: cause instanceof Error ? cause.message : String(cause) };
      }
    });
  };
}

function isFinite({ train, test }: FoldScore): boolean {
  return [train, test].every((scores) => Object.values(scores).every(Number.isFinite));
}
