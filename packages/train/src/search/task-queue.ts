import { createEstimator } from '../estimators/estimators.js';
import type { PlannedFit } from './plan-fits.js';
import type { FitTask, FoldOutcome, SearchPlan } from './search-plan.js';

/** The tasks of a search in the order in which threads take them; the order changes no result. */
export interface TaskQueue {
  /** The next task; undefined when none is left. */
  next(): FitTask | undefined;
  /** Tells what a task took, so that the next fold's tasks are in better order. */
  finished(outcomes: readonly FoldOutcome[]): void;
}

/**
 * All tasks fold by fold, so that threads transform each fold once; in a fold the slowest first, so that all threads end
 * together. How slow a fit is, is guessed in the first fold and known from it in the others.
 */
export function foldByFold(plan: SearchPlan, fits: readonly PlannedFit[]): TaskQueue {
  const seconds = new Map<number, number>();
  const firstOf = ({ candidates }: { readonly candidates: readonly number[] }) => candidates[0];
  const guessed = bySlowness(plan, fits);
  let fold = -1;
  let left: PlannedFit[] = [];
  return {
    next() {
      if (left.length === 0 && ++fold < plan.folds.length) {
        const slowness = (fit: PlannedFit) => seconds.get(firstOf(fit)) ?? Infinity;
        left = guessed.toSorted((a, b) => Math.sign(slowness(b) - slowness(a)) || 0);
      }
      const fit = left.shift();
      return fit === undefined ? undefined : { candidates: fit.candidates, fold };
    },
    finished(outcomes) {
      const times = outcomes.map((outcome) => (outcome.kind === 'scored' ? outcome.score.fitTimeMs : 0));
      seconds.set(
        outcomes[0].candidate,
        times.reduce((sum, time) => sum + time, 0),
      );
    },
  };
}

/**
 * All tasks fit by fit, quickest first: the order for a search that may be ended early, since candidates are finished
 * from the beginning.
 */
export function fitByFit(plan: SearchPlan, fits: readonly PlannedFit[]): TaskQueue {
  const tasks = bySlowness(plan, fits)
    .toReversed()
    .flatMap(({ candidates }) => plan.folds.map((_, fold) => ({ candidates, fold })))
    .values();
  return {
    next() {
      const { value, done } = tasks.next();
      return done === true ? undefined : value;
    },
    finished: () => undefined,
  };
}

/** The fits, those first that are probably slowest: complex models, of them the ones of most parts. */
function bySlowness(plan: SearchPlan, fits: readonly PlannedFit[]): readonly PlannedFit[] {
  return fits
    .map((fit) => ({ fit, ...guess(plan, fit) }))
    .sort((a, b) => b.complexity - a.complexity || b.parts - a.parts)
    .map(({ fit }) => fit);
}

function guess({ candidates }: SearchPlan, fit: PlannedFit): { complexity: number; parts: number } {
  const made = fit.candidates.map((i) => createEstimator(candidates[i].estimator, candidates[i].params));
  return { complexity: made[0].complexity, parts: Math.max(...made.map(({ params }) => partsOf(params))) };
}

/** Trees or rounds, as far as the estimator has any. */
function partsOf(params: object): number {
  const counts = ['nEstimators', 'maxIter'].map((name): unknown => Reflect.get(params, name));
  return counts.reduce<number>((most, count) => (typeof count === 'number' && count > most ? count : most), 1);
}
