import { isDeepStrictEqual } from 'node:util';
import {
  mean,
  mersenneTwister,
  predict,
  r2Score,
  standardDeviation,
  takeRows,
  takeValues,
  type Table,
} from '@scorecast/core';
import type { Checks } from './check.js';
import type { EstimatorSubject } from './estimator-subject.js';
import { expectSameBits } from './expect-predictions.js';
import { easyProblem } from './problem.js';

/** What estimators promise of every fit. */
export function fitChecks<C>(): Checks<EstimatorSubject<C>> {
  return {
    'learn an easy problem': ({ fit, floor }) => {
      const learned = easyProblem(300, 1);
      const unseen = easyProblem(200, 2);
      const r2 = r2Score(unseen.y, predict(fit(learned.x, learned.y), unseen.x));
      return r2 >= floor ? undefined : `R2 on unseen rows is ${r2.toFixed(3)} (expected at least ${floor})`;
    },
    'give the same bytes when it is fitted again': ({ fit }) => {
      const { x, y } = easyProblem(60, 1);
      return isDeepStrictEqual(fit(x, y), fit(x, y)) ? undefined : 'the second model differs (expected the same bytes)';
    },
    'use the seed as declared': ({ estimator, context, usesSeed }) => {
      const { x, y } = easyProblem(60, 1);
      const [one, other] = [1, 2].map((seed) => estimator.fit(x, y, context(seed)));
      const differs = !isDeepStrictEqual(one, other);
      if (differs === usesSeed) return undefined;
      return differs
        ? 'two seeds gave two models (declare that it uses the seed, or use none of its randomness)'
        : 'two seeds gave one model (expected two, since it is declared to use the seed)';
    },
    'leave its training data as they are': ({ fit }) => {
      const given = easyProblem(60, 1);
      const before = structuredClone(given);
      fit(given.x, given.y);
      return isDeepStrictEqual(given, before) ? undefined : 'fit changed its input (expected it to be only read)';
    },
    'keep nothing of its training data but copies': ({ fit }) => {
      const { x, y } = easyProblem(60, 1);
      const kept = structuredClone(x);
      const model = fit(x, y);
      const before = predict(model, kept);
      overwrite(x, y);
      return expectSameBits('after the training data changed', predict(model, kept), before);
    },
    'name its features in their order': ({ fit }) => {
      const { x, y } = easyProblem(60, 1);
      const names = x.columns.map((column) => column.name);
      const { features } = fit(x, y);
      return isDeepStrictEqual([...features], names)
        ? undefined
        : `the model's features are ${features.join()} (expected ${names.join()})`;
    },
    'learn the same whatever the order of the rows': ({ fit, usesSeed }) => {
      // With the seed, which row is drawn depends on its place.
      if (usesSeed) return undefined;
      const { x, y } = easyProblem(60, 1);
      const order = mersenneTwister(3).permutation(60);
      const expected = predict(fit(x, y), x);
      const found = predict(fit(takeRows(x, order), takeValues(y, order)), x);
      const wrong = mean(found.map((value, i) => Math.abs(value - expected[i])));
      return wrong <= 1e-9 * standardDeviation(y)
        ? undefined
        : `predictions moved by ${wrong} on average (expected the same but for rounding)`;
    },
  };
}

function overwrite(x: Table, y: Float64Array): void {
  y.fill(0);
  for (const column of x.columns) (column.kind === 'numeric' ? column.values : column.codes).fill(0);
}
