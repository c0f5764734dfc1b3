import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choice,
  createEstimator,
  defaultSpace,
  expandGrid,
  fixed,
  integer,
  logUniform,
  sampleCandidate,
  searchSpace,
  uniform,
  when,
  type SpaceEntry,
} from '../../src/index.js';

const forest: SpaceEntry = {
  estimator: 'random-forest',
  params: {
    nEstimators: integer(10, 500, { log: true }),
    maxFeatures: uniform(0.2, 1),
    maxDepth: choice([null, 4, 8]),
    bootstrap: [true, false],
    minSamplesLeaf: when({ maxDepth: null }, integer(1, 20)),
    minSamplesSplit: 5,
  },
};
const lines: SpaceEntry = { estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } };
const anySeed = fc.integer({ min: 0, max: 0xffffffff });
const anyTrial = fc.integer({ min: 0, max: 10_000 });

describe('a search space', () => {
  it('is plain JSON', () => {
    const written = JSON.parse(JSON.stringify([forest, lines]));
    expect(searchSpace(written)).toEqual(searchSpace([forest, lines]));
  });

  it('that nobody chose has estimators that exist, with ranges that they take', () => {
    expect(searchSpace(defaultSpace)).toHaveLength(defaultSpace.length);
  });

  it('that has only lists is a grid', () => {
    const grid = [{ estimator: 'k-neighbors', params: { nNeighbors: [3, 5], weights: ['uniform', 'distance'] } }];
    const space = searchSpace(grid);
    const drawn = new Set(
      Array.from({ length: 200 }, (_, trial) => paramsText(sampleCandidate(space, { seed: 1, trial }))),
    );
    expect([...drawn].sort()).toEqual(expandGrid(grid).map(paramsText).sort());
  });

  it.each([
    ['an unknown estimator', [{ estimator: 'ridgee' }], 'did you mean "ridge"?'],
    ['an unknown param', [{ estimator: 'ridge', params: { alphas: [1] } }], 'did you mean "alpha"?'],
    [
      'a range that ends where the estimator refuses',
      [{ estimator: 'random-forest', params: { nEstimators: integer(0, 9) } }],
      'param "nEstimators" cannot be 0 (expected an integer of at least 1)',
    ],
    [
      'broken numbers for a whole param',
      [{ estimator: 'random-forest', params: { nEstimators: uniform(1, 9) } }],
      'param "nEstimators" cannot be ',
    ],
    [
      'an option that the estimator refuses',
      [{ estimator: 'k-neighbors', params: { weights: choice(['uniform', 'far']) } }],
      'param "weights" cannot be "far"',
    ],
    ['no entry', [], 'the space cannot be searched: nothing to choose from'],
    ['a choice of nothing', [{ estimator: 'ridge', params: { alpha: choice([]) } }], 'a choice without options'],
    ['an empty list', [{ estimator: 'ridge', params: { alpha: [] } }], 'a choice without options'],
    [
      'a range the wrong way round',
      [{ estimator: 'ridge', params: { alpha: uniform(2, 1) } }],
      'ridge: param "alpha" cannot be searched: uniform from 2 to 1 (expected numbers, min less than max)',
    ],
    [
      'the logarithm of zero',
      [{ estimator: 'ridge', params: { alpha: logUniform(0, 1) } }],
      'expected numbers above 0, min less than max',
    ],
    [
      'a kind that does not exist',
      [{ estimator: 'ridge', params: { alpha: { kind: 'normal' } } }],
      'the kind "normal" (expected fixed, choice, uniform, log-uniform, integer, log-integer)',
    ],
    [
      'a misspelt key',
      [{ estimator: 'ridge', params: { alpha: { kind: 'uniform', min: 0, max: 1, step: 2 } } }],
      'the key "step" (expected of uniform the keys kind, min, max)',
    ],
    [
      'a condition on what comes later',
      [{ estimator: 'k-neighbors', params: { p: when({ weights: 'uniform' }, choice([1, 2])), weights: ['uniform'] } }],
      'the condition on "weights" (expected a param that stands before it in the same entry)',
    ],
    [
      'a condition that never holds',
      [
        {
          estimator: 'k-neighbors',
          params: { weights: fixed('uniform'), p: when({ weights: 'far' }, choice([1, 2])) },
        },
      ],
      'the condition on "weights", which is never "far"',
    ],
  ])('is refused before anything is fitted: %s', (_, space, message) => {
    expect(() => searchSpace(space)).toThrow(message);
  });
});

describe('a drawn candidate', () => {
  const space = searchSpace([forest, lines]);

  it('is a function of seed and number alone, whatever was drawn before', () => {
    fc.assert(
      fc.property(anySeed, anyTrial, (seed, trial) => {
        const drawn = sampleCandidate(space, { seed, trial });
        sampleCandidate(space, { seed, trial: trial + 1 });
        expect(sampleCandidate(space, { seed, trial })).toEqual(drawn);
      }),
    );
  });

  it('is one that its estimator takes, with the params that exist for it', () => {
    fc.assert(
      fc.property(anySeed, anyTrial, (seed, trial) => {
        const { estimator, params } = sampleCandidate(space, { seed, trial });
        expect(createEstimator(estimator, params).params).toMatchObject(params);
        const names = Object.keys(params);
        if (estimator === 'ridge') expect(names).toEqual(['alpha']);
        else expect(names.includes('minSamplesLeaf')).toBe(params['maxDepth'] === null);
      }),
    );
  });

  it('stays in its range, ends included', () => {
    const leaves = searchSpace([{ estimator: 'random-forest', params: { minSamplesLeaf: integer(3, 6) } }]);
    const drawn = Array.from(
      { length: 300 },
      (_, trial) => sampleCandidate(leaves, { seed: 7, trial }).params['minSamplesLeaf'],
    );
    expect([...new Set(drawn)].sort()).toEqual([3, 4, 5, 6]);
  });

  it('is spread over the logarithm where that is asked for', () => {
    const alphas = Array.from({ length: 2000 }, (_, trial) =>
      Number(sampleCandidate(searchSpace([lines]), { seed: 3, trial }).params['alpha']),
    );
    const below = alphas.filter((alpha) => alpha < 1).length;
    expect(below).toBeGreaterThan(900);
    expect(below).toBeLessThan(1100);
  });

  it('leaves the other entries alone when one is added behind them', () => {
    const longer = searchSpace([forest, lines, { estimator: 'least-squares' }]);
    const drawn = Array.from({ length: 50 }, (_, trial) => trial).filter(
      (trial) =>
        sampleCandidate(longer, { seed: 5, trial }).estimator === sampleCandidate(space, { seed: 5, trial }).estimator,
    );
    expect(drawn.length).toBeGreaterThan(10);
    for (const trial of drawn) {
      expect(sampleCandidate(longer, { seed: 5, trial })).toEqual(sampleCandidate(space, { seed: 5, trial }));
    }
  });
});

function paramsText({ params }: { params: object }): string {
  return JSON.stringify(params);
}
