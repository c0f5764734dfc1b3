import { describe, expect, it } from 'vitest';
import type { Candidate, SearchProgress } from '../../src/index.js';
import { searchReporter } from '../../src/strategies/search-reporter.js';

const candidate = (estimator: string): Candidate => ({ estimator, params: {}, preprocessing: {} });
const lead = (estimator: string, score: number, folds = 5) => ({
  candidate: candidate(estimator),
  metric: 'mae' as const,
  score,
  folds,
});

/** A reporter whose clock is set by hand, and what it reports. */
function reporting(limits: { readonly candidates?: number; readonly timeMs?: number }) {
  const seen: SearchProgress[] = [];
  const clock = { ms: 0 };
  const search = { folds: 5, metric: 'mae' as const, now: () => clock.ms, ...limits };
  const reporter = searchReporter(search, (progress) => seen.push(progress));
  const fits = (done: number, total: number, best?: SearchProgress['best']) => {
    reporter.onFits({ done, total, elapsedMs: 0, remainingMs: 0, ...(best && { best }) });
    return seen.at(-1);
  };
  return { clock, fits, onBatch: reporter.onBatch };
}

describe('the progress of a search by strategy', () => {
  it('counts the fits of all batches, and those that are to come', () => {
    const { clock, fits, onBatch } = reporting({ candidates: 20 });
    onBatch({ candidates: 10, share: 1 });
    clock.ms = 100;
    expect(fits(10, 30)).toMatchObject({ done: 10, total: 80, elapsedMs: 100, remainingMs: 700 });
    fits(30, 30);
    onBatch({ candidates: 14, share: 1 });
    clock.ms = 400;
    expect(fits(10, 20)).toMatchObject({ done: 40, total: 80, remainingMs: 400 });
  });

  it('ends with the time where that is the nearer limit', () => {
    const { clock, fits, onBatch } = reporting({ timeMs: 1000 });
    onBatch({ candidates: 8, share: 1 });
    clock.ms = 250;
    expect(fits(20, 40)).toMatchObject({ done: 20, total: 80, remainingMs: 750 });
  });

  it('knows the rounds that it is told of, where nothing limits it', () => {
    const { clock, fits, onBatch } = reporting({});
    onBatch({ candidates: 9, share: 1 / 3 });
    clock.ms = 100;
    expect(fits(10, 45)).toMatchObject({ done: 10, total: 45, remainingMs: 350 });
  });

  it('names the best of this batch, of those before and of an earlier run', () => {
    const { fits, onBatch } = reporting({ candidates: 20 });
    onBatch({ candidates: 4, share: 1, best: { candidate: candidate('ridge'), score: -3 } });
    expect(fits(5, 20, lead('lasso', 4))?.best).toEqual(lead('ridge', 3));
    expect(fits(10, 20, lead('lasso', 2))?.best).toEqual(lead('lasso', 2));
    onBatch({ candidates: 8, share: 1 });
    expect(fits(1, 20)).not.toHaveProperty('best');
    expect(fits(5, 20, lead('mean', 9))?.best).toEqual(lead('mean', 9));
  });

  it('does not let a lucky first fold beat a score over all folds', () => {
    const { fits, onBatch } = reporting({ candidates: 20 });
    onBatch({ candidates: 4, share: 1, best: { candidate: candidate('ridge'), score: -3 } });
    expect(fits(5, 20, lead('lasso', 2, 1))?.best).toEqual(lead('ridge', 3));
  });

  it('does not let scores with few rows beat those with all', () => {
    const { fits, onBatch } = reporting({});
    onBatch({ candidates: 9, share: 1 / 9, best: { candidate: candidate('ridge'), score: -3 } });
    expect(fits(5, 20, lead('lasso', 2))?.best).toEqual(lead('ridge', 3));
  });
});
