import { describe, expect, it } from 'vitest';
import { createEstimator, estimators } from '../../src/index.js';

describe('the registry', () => {
  it('lists the estimators from the simplest to the least simple', () => {
    const ranks = Object.values(estimators).map((entry) => entry.create().complexity);
    expect(ranks).toEqual(ranks.toSorted());
    expect(ranks).not.toHaveLength(0);
  });

  it.each(Object.keys(estimators))('has %s under its own name', (name) => {
    expect(createEstimator(name).name).toBe(name);
  });

  it('makes an estimator from its name and params of JSON', () => {
    const estimator = createEstimator('random-forest', JSON.parse('{"nEstimators":8,"maxFeatures":"sqrt"}'));
    expect(estimator.params).toMatchObject({ nEstimators: 8, maxFeatures: 'sqrt', maxDepth: null });
  });

  it('asks whether another estimator was meant', () => {
    const attempt = () => createEstimator('random-florest');
    expect(attempt).toThrow('there is no estimator "random-florest" (expected ');
    expect(attempt).toThrow('did you mean "random-forest"?');
  });

  it('does not take inherited names for estimators', () => {
    expect(() => createEstimator('constructor')).toThrow(expect.objectContaining({ code: 'TRAIN_UNKNOWN_ESTIMATOR' }));
  });

  it('says of every param what it means, its default and its range', () => {
    for (const { params } of Object.values(estimators)) {
      for (const param of Object.values(params)) {
        expect(param.about).not.toBe('');
        expect(param.expected).not.toBe('');
        expect(param.accepts(param.default)).toBe(true);
      }
    }
  });
});
