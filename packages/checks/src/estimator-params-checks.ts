import { isDeepStrictEqual } from 'node:util';
import { findForeignValue } from './plain-data.js';
import { firstFinding, type Checks } from './check.js';
import type { EstimatorSubject } from './estimator-subject.js';
import { expectRefusal } from './refusal.js';

/** What estimators promise of their name, rank and params. */
export function paramsChecks<C>(): Checks<EstimatorSubject<C>> {
  return {
    'say how simple it is': ({ estimator: { complexity } }) =>
      [0, 1, 2, 3, 4].includes(complexity) ? undefined : `its complexity is ${complexity} (expected 0, 1, 2, 3 or 4)`,
    'freeze its params': ({ estimator }) =>
      Object.isFrozen(estimator.params) ? undefined : 'they can be changed (expected what readParams returns)',
    'have params that JSON can hold': ({ estimator }) => findForeignValue(estimator.params, 'params'),
    'be made again from its own params': ({ estimator, create }) => {
      const again = create(structuredClone(estimator.params));
      if (again.name !== estimator.name) return `the registry makes ${again.name} under its name`;
      return isDeepStrictEqual(again.params, estimator.params)
        ? undefined
        : `they became ${JSON.stringify(again.params)} (expected ${JSON.stringify(estimator.params)})`;
    },
    'have defaults for all params': ({ estimator, create }) => {
      const found = Object.keys(create(undefined).params);
      const expected = Object.keys(estimator.params);
      return isDeepStrictEqual(found, expected)
        ? undefined
        : `without params it has ${found.join()} (expected ${expected.join()})`;
    },
    'refuse params that it does not have': ({ estimator, create }) =>
      expectRefusal('a param "nonsense"', () => create({ nonsense: 1 }), [estimator.name, 'nonsense']),
    'refuse params that are no object': ({ estimator, create }) =>
      expectRefusal('a text as params', () => create('fast'), [estimator.name]) ??
      expectRefusal('a list as params', () => create([1]), [estimator.name]),
    'refuse values of a wrong type': ({ estimator, create }) =>
      firstFinding(Object.keys(estimator.params), (param) =>
        firstFinding([{}, [], 'nonsense', Number.NaN, -1], (value) =>
          expectRefusal(`${param} ${JSON.stringify(value)}`, () => create({ [param]: value }), [estimator.name, param]),
        ),
      ),
  };
}
