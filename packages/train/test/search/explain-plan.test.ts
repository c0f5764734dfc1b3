import { describe, expect, it } from 'vitest';
import { expandGrid, explainPlan, type GridEntry } from '../../src/index.js';

const explain = (...grid: readonly GridEntry[]) => explainPlan({ candidates: expandGrid(grid), folds: 5 });

describe('explainPlan', () => {
  it('counts the fits of all folds, and those that it would take without sharing', () => {
    const plan = explain({ estimator: 'ridge', params: { alpha: [1, 2, 3] } }, { estimator: 'least-squares' });
    expect(plan).toMatchObject({ candidates: 4, folds: 5, fits: 10, fitsAlone: 20 });
  });

  it('counts the fits of every repeat', () => {
    const candidates = expandGrid([{ estimator: 'ridge', params: { alpha: [1, 2, 3] } }]);
    expect(explainPlan({ candidates, folds: 5, foldRepeats: 4 })).toMatchObject({ fits: 20, fitsAlone: 60 });
  });

  it('says what the candidates of a fit have in common and what differs', () => {
    const { perFold } = explain({ estimator: 'k-neighbors', params: { nNeighbors: [5, 7], p: [1, 2] } });
    expect(perFold).toMatchObject([
      { estimator: 'k-neighbors', fixed: { p: 1 }, varied: { nNeighbors: [5, 7] } },
      { estimator: 'k-neighbors', fixed: { p: 2 }, varied: { nNeighbors: [5, 7] } },
    ]);
    expect(perFold[0].about).toMatch(/neighbours/);
  });

  it('names the default of what only some candidates choose', () => {
    const { perFold } = explain({ estimator: 'k-neighbors' }, { estimator: 'k-neighbors', params: { nNeighbors: 9 } });
    expect(perFold[0].varied).toEqual({ nNeighbors: [5, 9] });
  });

  it('finds candidates of one fit wherever they stand in the grid', () => {
    const { perFold } = explain(
      { estimator: 'ridge' },
      { estimator: 'least-squares' },
      { estimator: 'ridge', params: { alpha: 3 } },
    );
    expect(perFold.map(({ candidates }) => candidates.length)).toEqual([2, 1]);
  });

  it('has no way to answer together what is alone', () => {
    const [{ about, varied }] = explain({ estimator: 'ridge' }).perFold;
    expect([about, varied]).toEqual([undefined, {}]);
  });

  it('keeps different preprocessing apart', () => {
    const lines = (['standard', 'none'] as const).map((scaling) => ({
      estimator: 'ridge',
      preprocessing: { scaling },
    }));
    expect(explain(...lines).fits).toBe(10);
  });
});
