import { describe, expect, it } from 'vitest';
import { defaultGrid, describeCandidate, estimators, expandGrid } from '../../src/index.js';

const described = (...grid: Parameters<typeof expandGrid>[0]) => expandGrid(grid).map(describeCandidate);

describe('expandGrid', () => {
  it('combines all values, the last param fastest, in the order of the grid', () => {
    expect(
      described(
        { estimator: 'k-neighbors', params: { weights: ['uniform', 'distance'], nNeighbors: [3, 5] } },
        { estimator: 'least-squares' },
      ),
    ).toEqual([
      'k-neighbors (weights uniform, nNeighbors 3)',
      'k-neighbors (weights uniform, nNeighbors 5)',
      'k-neighbors (weights distance, nNeighbors 3)',
      'k-neighbors (weights distance, nNeighbors 5)',
      'least-squares',
    ]);
  });

  it('takes a value that is not a list as the only one', () => {
    expect(described({ estimator: 'ridge', params: { alpha: 2 } })).toEqual(['ridge (alpha 2)']);
  });

  it('leaves out what comes a second time, also where a default is spelled out', () => {
    expect(described({ estimator: 'ridge', params: { alpha: [1, 10, 1] } }, { estimator: 'ridge' })).toEqual([
      'ridge (alpha 1)',
      'ridge (alpha 10)',
    ]);
  });

  it('keeps the same estimator behind another preprocessing', () => {
    expect(
      described(
        { estimator: 'least-squares' },
        { estimator: 'least-squares', preprocessing: { scaling: 'min-max', numericFill: { constant: 0 } } },
      ),
    ).toEqual(['least-squares', 'least-squares (scaling min-max, numericFill {"constant":0})']);
  });

  it('passes null on as a value', () => {
    expect(described({ estimator: 'decision-tree', params: { maxDepth: [3, null] } })).toEqual([
      'decision-tree (maxDepth 3)',
      'decision-tree (maxDepth null)',
    ]);
  });

  it.each([
    ['an empty grid', [], 'TRAIN_GRID'],
    ['a param without values', [{ estimator: 'ridge', params: { alpha: [] } }], 'TRAIN_GRID'],
    ['an unknown estimator', [{ estimator: 'rigde' }], 'TRAIN_UNKNOWN_ESTIMATOR'],
    ['an unknown param', [{ estimator: 'ridge', params: { aplha: [1] } }], 'TRAIN_UNKNOWN_PARAM'],
    ['a value out of range', [{ estimator: 'ridge', params: { alpha: [1, -1] } }], 'TRAIN_PARAM'],
  ])('refuses %s', (_what, grid, code) => {
    expect(() => expandGrid(grid)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  });

  it('refuses more than ten thousand candidates before it makes them', () => {
    const values = Array.from({ length: 1_000_000 }, (_, i) => i + 1);
    const grid = [{ estimator: 'random-forest', params: { nEstimators: values, minSamplesLeaf: values } }];
    expect(() => expandGrid(grid)).toThrow('the grid has 1000000000000 candidates (expected at most 10000');
  });
});

describe('defaultGrid', () => {
  it('tries every estimator that there is', () => {
    const tried = new Set(expandGrid(defaultGrid).map((candidate) => candidate.estimator));
    expect([...tried].sort()).toEqual(Object.keys(estimators).sort());
  });
});
