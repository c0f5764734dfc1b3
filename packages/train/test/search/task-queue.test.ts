import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandGrid, kFold } from '../../src/index.js';
import { planFits } from '../../src/search/plan-fits.js';
import type { FitTask, SearchPlan } from '../../src/search/search-plan.js';
import { estimatorByEstimator, fitByFit, type TaskQueue } from '../../src/search/task-queue.js';
import { sampleRows, sampleSchema } from './sample-rows.js';

const plan: SearchPlan = {
  schema: sampleSchema,
  ...sampleRows(12),
  folds: kFold(12, { folds: 3, seed: 1 }),
  repeats: 1,
  candidates: expandGrid([
    { estimator: 'least-squares' },
    { estimator: 'random-forest', params: { nEstimators: [2, 3], minSamplesLeaf: [1, 3] } },
    { estimator: 'adaboost', params: { nEstimators: [5, 9] } },
  ]),
  preprocessing: {},
  seed: 42,
};
const fits = planFits(plan.candidates, {});
const estimatorOf = ({ candidates }: FitTask) => plan.candidates[candidates[0]].estimator;

/** The tasks as threads take them, `turns` saying which thread is free. */
function takeAll(queue: TaskQueue, turns: readonly number[]): { thread: number; task: FitTask }[] {
  const taken: { thread: number; task: FitTask }[] = [];
  for (let turn = 0; ; turn++) {
    const thread = turns[turn % turns.length];
    const task = queue.next(thread);
    if (task === undefined) return taken;
    taken.push({ thread, task });
  }
}

describe.each([
  ['estimator by estimator', estimatorByEstimator],
  ['fit by fit', fitByFit],
])('tasks %s', (_, makeQueue) => {
  it('are every fit in every fold, once, whichever threads take them', () => {
    const turns = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 });
    const name = ({ candidates, fold }: FitTask) => `${candidates.join(',')} in ${fold}`;
    const expected = fits.flatMap(({ candidates }) => plan.folds.map((_fold, fold) => name({ candidates, fold })));
    fc.assert(
      fc.property(turns, (order) => {
        const taken = takeAll(makeQueue(plan, fits), order).map(({ task }) => name(task));
        expect(taken.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('tasks estimator by estimator', () => {
  it('give each thread an estimator of its own while there are enough', () => {
    const taken = takeAll(estimatorByEstimator(plan, fits), [0, 1]);
    const first = (thread: number) =>
      taken.filter((entry) => entry.thread === thread).map(({ task }) => estimatorOf(task));
    expect(first(0).slice(0, 3)).toEqual(['adaboost', 'adaboost', 'adaboost']);
    expect(first(1).slice(0, 4)).toEqual(new Array(4).fill('random-forest'));
  });

  it('come fold by fold', () => {
    const folds = takeAll(estimatorByEstimator(plan, fits), [0]).map(({ task }) => task.fold);
    expect(folds).toEqual([0, 1, 2, 0, 0, 1, 1, 2, 2, 0, 1, 2]);
  });

  it('are shared by all threads when only one estimator is left', () => {
    const queue = estimatorByEstimator(plan, fits);
    const all = takeAll(queue, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2]);
    expect(new Set(all.map(({ thread }) => thread)).size).toBeGreaterThan(1);
  });
});

it('tasks fit by fit begin with the quickest fit, in all folds', () => {
  const taken = takeAll(fitByFit(plan, fits), [0, 1]).map(({ task }) => [estimatorOf(task), task.fold]);
  expect(taken.slice(0, 3)).toEqual([
    ['least-squares', 0],
    ['least-squares', 1],
    ['least-squares', 2],
  ]);
});
