import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choice,
  gridSearch,
  hyperband,
  integer,
  logUniform,
  randomSearch,
  sampleCandidate,
  searchSpace,
  successiveHalving,
  tpe,
  uniform,
  type Candidate,
} from '../../src/index.js';
import { bestOf, drive } from './drive.js';

const lines = searchSpace([{ estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } }]);
const alphaOf = ({ params }: Candidate) => Number(params['alpha']);
const anySeed = fc.integer({ min: 0, max: 0xffffffff });

describe('grid search', () => {
  it('tries every candidate once, in its order', () => {
    const candidates = Array.from({ length: 5 }, (_, trial) => sampleCandidate(lines, { seed: 1, trial }));
    expect(drive(gridSearch(candidates), () => 0).flatMap(({ batch }) => batch.candidates)).toEqual(candidates);
  });
});

describe('random search', () => {
  it('tries the draws of its seed, one after the other', () => {
    const tried = drive(randomSearch(lines, { seed: 9 }), () => 0, 3).flatMap(({ batch }) => batch.candidates);
    expect(tried).toEqual(tried.map((_, trial) => sampleCandidate(lines, { seed: 9, trial })));
    expect(tried.length).toBeGreaterThan(10);
  });
});

describe('successive halving', () => {
  it('gives a third of the candidates three times the rows, until the last ones have all', () => {
    const rounds = drive(successiveHalving(lines, { seed: 1, candidates: 20 }), (candidate) => -alphaOf(candidate));
    expect(rounds.map(({ batch }) => [batch.candidates.length, batch.share])).toEqual([
      [20, 1 / 9],
      [7, 1 / 3],
      [3, 1],
    ]);
  });

  it('promotes the best, and of equals the first', () => {
    const coarse = (candidate: Candidate) => Math.round(Math.log10(alphaOf(candidate)));
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 40 }), (seed, candidates) => {
        const rounds = drive(successiveHalving(lines, { seed, candidates }), coarse);
        expect(rounds.at(-1)?.batch.share).toBe(1);
        for (const [i, { batch }] of rounds.slice(1).entries()) {
          const before = rounds[i];
          const ranked = [...before.batch.candidates.keys()].sort(
            (a, b) => before.scores[b] - before.scores[a] || a - b,
          );
          const best = new Set(ranked.slice(0, batch.candidates.length).map((at) => before.batch.candidates[at]));
          expect(new Set(batch.candidates)).toEqual(best);
          expect(batch.candidates.length).toBe(Math.ceil(before.batch.candidates.length / 3));
        }
      }),
    );
  });

  it('never promotes what could not be fitted, and ends when nothing could', () => {
    const large = (candidate: Candidate) => (alphaOf(candidate) > 1 ? 0 : -Infinity);
    const rounds = drive(successiveHalving(lines, { seed: 4, candidates: 27 }), large);
    expect(rounds.slice(1).every(({ scores }) => scores.every((score) => score === 0))).toBe(true);
    expect(drive(successiveHalving(lines, { seed: 4, candidates: 27 }), () => -Infinity)).toHaveLength(1);
  });

  it('can save on estimators instead of rows', () => {
    const space = searchSpace([
      { estimator: 'random-forest', params: { nEstimators: 90, maxFeatures: uniform(0.1, 1) } },
    ]);
    const rounds = drive(successiveHalving(space, { seed: 1, candidates: 9, resource: 'nEstimators' }), () => 0);
    expect(rounds.map(({ batch }) => [batch.share, batch.candidates[0].params['nEstimators']])).toEqual([
      [1, 10],
      [1, 30],
      [1, 90],
    ]);
  });
});

describe('Hyperband', () => {
  it('goes from many candidates with few rows to few with all, and around again', () => {
    const rounds = drive(hyperband(lines, { seed: 2 }), (candidate) => -alphaOf(candidate), 7);
    const shape = [
      [9, 1 / 9],
      [3, 1 / 3],
      [1, 1],
      [5, 1 / 3],
      [2, 1],
      [3, 1],
    ];
    expect(rounds.map(({ batch }) => [batch.candidates.length, batch.share])).toEqual([...shape, shape[0]]);
  });

  it('draws new candidates in every bracket', () => {
    const rounds = drive(hyperband(lines, { seed: 2 }), () => 0, 7);
    const fresh = [0, 3, 5, 6].flatMap((i) => rounds[i].batch.candidates);
    expect(fresh).toEqual(fresh.map((_, trial) => sampleCandidate(lines, { seed: 2, trial })));
  });
});

/** Params of three kinds in one estimator, and another estimator that is never as good. */
const mixed = searchSpace([
  {
    estimator: 'random-forest',
    params: {
      maxFeatures: uniform(0.05, 1),
      minSamplesLeaf: integer(1, 200, { log: true }),
      maxDepth: integer(1, 30),
      bootstrap: choice([true, false]),
    },
  },
  { estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } },
]);

/** A valley whose place depends on the number. */
function valley(number: number): (candidate: Candidate) => number {
  const at = { features: 0.1 + (number % 9) / 10, leaf: 1 + (number % 5), depth: 3 + ((number * 7) % 25) };
  return ({ estimator, params }) => {
    if (estimator === 'ridge') return -2 - Math.abs(Math.log10(Number(params['alpha'])));
    return -(
      4 * (Number(params['maxFeatures']) - at.features) ** 2 +
      (Math.log(Number(params['minSamplesLeaf'])) - at.leaf) ** 2 / 4 +
      ((Number(params['maxDepth']) - at.depth) / 10) ** 2 +
      (params['bootstrap'] === true ? 0.3 : 0)
    );
  };
}

describe('TPE', () => {
  it('finds better candidates than random search does, on average over many valleys', () => {
    const numbers = Array.from({ length: 30 }, (_, number) => number);
    const gains = numbers.map((number) => {
      const score = valley(number);
      return bestOf(tpe(mixed, { seed: number }), score, 60) - bestOf(randomSearch(mixed, { seed: number }), score, 60);
    });
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThan(20);
    expect(gains.reduce((sum, gain) => sum + gain, 0) / gains.length).toBeGreaterThan(0.05);
  });

  it('starts with ten draws of its seed', () => {
    const [first] = drive(tpe(mixed, { seed: 6 }), () => 0, 1);
    expect(first.batch.candidates).toEqual(
      Array.from({ length: 10 }, (_, trial) => sampleCandidate(mixed, { seed: 6, trial })),
    );
  });

  it('proposes the same for the same scores', () => {
    const run = () => drive(tpe(mixed, { seed: 8 }), valley(3), 6);
    expect(run()).toEqual(run());
  });

  it('comes to prefer the estimator that does better', () => {
    const late = drive(tpe(mixed, { seed: 1 }), valley(2), 20)
      .slice(10)
      .flatMap(({ batch }) => batch.candidates);
    const forests = late.filter(({ estimator }) => estimator === 'random-forest').length;
    expect(forests).toBeGreaterThan(0.7 * late.length);
  });

  it('stays in its ranges, whatever fails', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const fails = (candidate: Candidate) => (alphaOf(candidate) > 1 ? -Infinity : alphaOf(candidate));
        const tried = drive(tpe(lines, { seed }), fails, 8).flatMap(({ batch }) => batch.candidates.map(alphaOf));
        expect(tried.every((alpha) => alpha >= 0.001 && alpha <= 1000)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
