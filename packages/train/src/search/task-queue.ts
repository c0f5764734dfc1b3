import { createEstimator } from '../estimators/estimators.js';
import type { PlannedFit } from './plan-fits.js';
import type { FitTask, SearchPlan } from './search-plan.js';

/** The tasks of a search in the order in which threads take them; the order changes no result. */
export interface TaskQueue {
  /** The next task for the thread of this number; undefined when none is left. */
  next(thread: number): FitTask | undefined;
}

/** The tasks of one estimator. */
interface Line {
  readonly tasks: FitTask[];
  /** Threads that have run some of them. */
  readonly threads: Set<number>;
}

/**
 * All tasks estimator by estimator. A thread keeps to an estimator that it has run, whose code is compiled there; then it
 * takes up one that no thread has begun, and in the end it helps where most tasks are left.
 *
 * The tasks of an estimator come fold by fold, so that a thread transforms each fold once; in a fold those first that are
 * probably slowest, so that all threads end together.
 */
export function estimatorByEstimator(plan: SearchPlan, fits: readonly PlannedFit[]): TaskQueue {
  const byName = new Map<string, PlannedFit[]>();
  for (const fit of bySlowness(plan, fits)) {
    const { estimator } = plan.candidates[fit.candidates[0]];
    byName.set(estimator, [...(byName.get(estimator) ?? []), fit]);
  }
  const lines = Array.from(byName.values(), (ofOne): Line => {
    const tasks = plan.folds.flatMap((_, fold) => ofOne.map(({ candidates }) => ({ candidates, fold })));
    return { tasks: tasks.reverse(), threads: new Set() };
  });
  return {
    next(thread) {
      const open = lines.filter(({ tasks }) => tasks.length > 0);
      const longest = open.toSorted((a, b) => b.tasks.length - a.tasks.length).at(0);
      const line =
        open.find(({ threads }) => threads.has(thread)) ?? open.find(({ threads }) => threads.size === 0) ?? longest;
      line?.threads.add(thread);
      return line?.tasks.pop();
    },
  };
}

/**
 * All tasks fit by fit, quickest first: the order for a search that may be ended early, since candidates are finished
 * from the beginning.
 */
export function fitByFit(plan: SearchPlan, fits: readonly PlannedFit[]): TaskQueue {
  const tasks = bySlowness(plan, fits).flatMap(({ candidates }) =>
    plan.folds.map((_, fold) => ({ candidates, fold })).reverse(),
  );
  return { next: () => tasks.pop() };
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
