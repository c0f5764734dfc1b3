import { standardDeviation } from '@scorecast/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/index.js';
import { rankCandidates, type ScoredCandidate } from '../../src/search/leaderboard.js';
import { selectWinner } from '../../src/search/select-winner.js';
import { foldAt } from './fold-scores.js';

const scored = (estimator: string, r2s: readonly number[], params: Candidate['params'] = {}): ScoredCandidate => ({
  candidate: { estimator, params, preprocessing: {} },
  folds: r2s.map(foldAt),
});
const select = (...candidates: readonly ScoredCandidate[]) => selectWinner(rankCandidates(candidates));

describe('rankCandidates', () => {
  it('gives mean, standard deviation and standard error over the folds', () => {
    const [entry] = rankCandidates([scored('ridge', [0.5, 0.6, 0.7, 0.8])]);
    expect(entry.mean.r2).toBeCloseTo(0.65, 14);
    expect(entry.sd.r2).toBeCloseTo(standardDeviation([0.5, 0.6, 0.7, 0.8]), 14);
    expect(entry.standardError.r2).toBeCloseTo(standardDeviation([0.5, 0.6, 0.7, 0.8], 1) / 2, 14);
    expect(entry).toMatchObject({
      rank: 1,
      complexity: 1,
      fitTimeMs: 10,
      trainMean: { r2: 1 },
      withinOneStandardError: true,
    });
    expect(entry.folds.map(({ test }) => test.r2)).toEqual([0.5, 0.6, 0.7, 0.8]);
  });

  it('takes repeated folds for more scores of the same rows: the standard error is that of one repeat', () => {
    const once = [0.5, 0.6, 0.7, 0.8, 0.9];
    const [entry] = rankCandidates([scored('ridge', [...once, ...once, ...once])], 'r2', 3);
    const sampleSd = standardDeviation([...once, ...once, ...once], 1);
    expect(entry.standardError.r2).toBeCloseTo(sampleSd / Math.sqrt(5), 14);
  });

  it('puts the best mean first and marks what is within one standard error of it', () => {
    // The best has mean .8 and standard error .1.
    const board = rankCandidates([
      scored('ridge', [0.69, 0.69]),
      scored('lasso', [0.9, 0.7]),
      scored('least-squares', [0.71, 0.71]),
    ]);
    expect(
      board.map(({ rank, estimator, withinOneStandardError }) => [rank, estimator, withinOneStandardError]),
    ).toEqual([
      [1, 'lasso', true],
      [2, 'least-squares', true],
      [3, 'ridge', false],
    ]);
  });

  it.each(['r2', 'explainedVariance', 'mae', 'maxError', 'meanAbsolutePercentageError'] as const)(
    'ranks by %s in its direction, and names it first',
    (metric) => {
      const board = rankCandidates([scored('ridge', [0.6, 0.6]), scored('lasso', [0.8, 0.7])], metric);
      expect(board.map(({ estimator }) => estimator)).toEqual(['lasso', 'ridge']);
      expect(board.map(({ withinOneStandardError }) => withinOneStandardError)).toEqual([true, false]);
      for (const key of ['mean', 'sd', 'standardError', 'trainMean'] as const) {
        expect(Object.keys(board[0][key])[0]).toBe(metric);
      }
    },
  );

  it('does not depend on the order of the candidates, also where means are equal', () => {
    const candidate = fc
      .tuple(fc.constantFrom('ridge', 'lasso'), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0.5, 0.7))
      .map(([estimator, alpha, r2]) => scored(estimator, [r2, r2], { alpha }));
    const several = fc.uniqueArray(candidate, {
      minLength: 1,
      selector: (c) => `${c.candidate.estimator}${String(c.candidate.params['alpha'])}`,
    });
    fc.assert(
      fc.property(several, (candidates) => {
        expect(rankCandidates([...candidates].reverse())).toEqual(rankCandidates(candidates));
      }),
    );
  });
});

describe('selectWinner', () => {
  it('takes the best when nothing simpler is near it', () => {
    const { winner, reason } = select(scored('random-forest', [0.9, 0.9]), scored('ridge', [0.8, 0.8], { alpha: 1 }));
    expect(winner.estimator).toBe('random-forest');
    expect(reason).toBe(
      'random-forest wins: it scores 0.9000, the best of 2, and no simpler kind of model is within one standard error (0.0000).',
    );
  });

  it('takes the simplest within one standard error of the best, and says so', () => {
    const { winner, best, reason } = select(
      scored('random-forest', [0.9, 0.8]),
      scored('decision-tree', [0.83, 0.83]),
      scored('ridge', [0.81, 0.81], { alpha: 1 }),
      scored('least-squares', [0.79, 0.79]),
    );
    expect([winner.estimator, best.estimator]).toEqual(['ridge', 'random-forest']);
    expect(reason).toBe(
      'ridge (alpha 1) wins: it scores 0.8100, within one standard error (0.0500) of the best, random-forest at 0.8500, and is simpler.',
    );
  });

  it('takes the best mean among equally simple ones', () => {
    const { winner } = select(
      scored('random-forest', [0.9, 0.8]),
      scored('lasso', [0.81, 0.81]),
      scored('ridge', [0.82, 0.82]),
    );
    expect(winner.estimator).toBe('ridge');
  });

  it('takes the first by its text when all else is equal', () => {
    const { winner } = select(scored('ridge', [0.8, 0.8]), scored('lasso', [0.8, 0.8]));
    expect(winner.estimator).toBe('lasso');
  });

  it('says so when there was nothing to choose from', () => {
    expect(select(scored('ridge', [-0.25, -0.25])).reason).toBe(
      'ridge is the only candidate: it scores -0.2500 (standard error 0.0000).',
    );
  });

  it('never chooses anything further from the best than one standard error, or simpler ones would be left', () => {
    const names = fc.constantFrom('least-squares', 'k-neighbors', 'decision-tree', 'random-forest');
    const candidate = fc
      .tuple(names, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }))
      .map(([name, r2s]) => scored(name, r2s));
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 8 }), (candidates) => {
        const ranked = rankCandidates(candidates);
        const { winner, best } = selectWinner(ranked);
        expect(winner.mean.r2).toBeGreaterThanOrEqual(best.mean.r2 - best.standardError.r2);
        for (const other of ranked) {
          if (!other.withinOneStandardError) continue;
          expect(winner.complexity).toBeLessThanOrEqual(other.complexity);
          if (other.complexity === winner.complexity) expect(winner.mean.r2).toBeGreaterThanOrEqual(other.mean.r2);
        }
      }),
    );
  });
});
