import { describe, expect, it } from 'vitest';
import { decisionTree } from '../../src/index.js';
import { countFeatures } from '../../src/trees/max-features.js';

describe('maxFeatures', () => {
  it.each([
    [null, 19, 19],
    [1, 19, 19],
    [0.5, 19, 9],
    [0.01, 19, 1],
    [2, 19, 2],
    [50, 19, 19],
    ['sqrt', 19, 4],
    ['log2', 19, 4],
    ['log2', 1, 1],
  ] as const)('%s of %s features means %s', (chosen, features, count) => {
    expect(countFeatures(chosen, features)).toBe(count);
  });

  it.each([0, -1, 1.5, 'all', true])('cannot be %j', (maxFeatures) => {
    const params: object = { maxFeatures };
    expect(() => decisionTree({ ...params })).toThrow('decision-tree: param "maxFeatures" cannot be');
  });
});
