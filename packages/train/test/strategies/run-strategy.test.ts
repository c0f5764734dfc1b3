import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gridSearch,
  hyperband,
  logUniform,
  randomSearch,
  sampleCandidate,
  searchSpace,
  successiveHalving,
  tpe,
  type Candidate,
  type Strategy,
} from '../../src/index.js';
import { runStrategy, type StrategyProgress, type StrategyRun } from '../../src/strategies/run-strategy.js';
import { scoreOf, type Evaluate, type TrialOutcome } from '../../src/strategies/trial.js';
import type { TrialJournal, TrialRecord } from '../../src/strategies/trial-journal.js';
import { foldAt } from '../search/fold-scores.js';

const space = searchSpace([
  { estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } },
  { estimator: 'lasso', params: { alpha: logUniform(0.001, 10) } },
]);
const strategies: readonly [string, (seed: number) => Strategy][] = [
  ['random search', (seed) => randomSearch(space, { seed })],
  ['successive halving', (seed) => successiveHalving(space, { seed, candidates: 12 })],
  ['Hyperband', (seed) => hyperband(space, { seed })],
  ['TPE', (seed) => tpe(space, { seed })],
];

/** R2 by a formula; every seventh or so cannot be fitted. */
function outcomeFor({ estimator, params }: Candidate, share: number): TrialOutcome {
  const alpha = Number(params['alpha']);
  if (Math.round(alpha * 1000) % 7 === 0) return { kind: 'failed', reason: 'it is a multiple of seven' };
  const r2 = (estimator === 'ridge' ? 0.9 : 0.8) - Math.abs(Math.log10(alpha)) / 10 - (1 - share) / 5;
  return { kind: 'scored', folds: [foldAt(r2)] };
}

/** An evaluation that finishes a batch from the back, counts, and can be killed in the middle. */
function formula({ diesAfter = Infinity, onEach }: { diesAfter?: number; onEach?: () => void } = {}) {
  const counts = { evaluated: 0 };
  const evaluate: Evaluate = async (batch, { signal, onFinished }) => {
    const outcomes: (TrialOutcome | undefined)[] = batch.candidates.map(() => undefined);
    for (const [i, candidate] of [...batch.candidates.entries()].reverse()) {
      await Promise.resolve();
      if (signal.aborted) break;
      if (counts.evaluated === diesAfter) throw new Error('the power failed');
      counts.evaluated++;
      onEach?.();
      outcomes[i] = outcomeFor(candidate, batch.share);
      onFinished(i, outcomeFor(candidate, batch.share));
    }
    return outcomes;
  };
  return { evaluate, counts };
}

class MemoryJournal implements TrialJournal {
  readonly records: TrialRecord[] = [];

  read(): Promise<readonly unknown[]> {
    return Promise.resolve(JSON.parse(JSON.stringify(this.records)));
  }

  append(record: TrialRecord): Promise<void> {
    this.records.push(record);
    return Promise.resolve();
  }
}

const still: Pick<StrategyRun, 'now'> = { now: () => 0 };
const twenty = { candidates: 20 };

describe.each(strategies)('%s', (_, start) => {
  it('that was killed and goes on from its journal ends like one that was not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 30 }), async (seed, diesAfter) => {
        const whole = formula();
        const expected = await runStrategy(start(seed), { ...still, evaluate: whole.evaluate, budget: twenty });
        const journal = { store: new MemoryJournal(), fingerprint: 'of the data' };
        const doomed = { ...still, evaluate: formula({ diesAfter }).evaluate, budget: twenty, journal };
        const finished = await runStrategy(start(seed), doomed).catch(() => undefined);
        const kept = journal.store.records.length;
        const again = formula();
        const resumed = await runStrategy(start(seed), { ...still, evaluate: again.evaluate, budget: twenty, journal });
        expect(resumed).toEqual(expected);
        expect(kept).toBe(Math.min(diesAfter, whole.counts.evaluated));
        expect(again.counts.evaluated).toBe(whole.counts.evaluated - kept);
        if (finished !== undefined) expect(finished).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('tries no more different candidates than its budget has', async () => {
    const { trials } = await runStrategy(start(3), {
      ...still,
      evaluate: formula().evaluate,
      budget: { candidates: 7 },
    });
    expect(new Set(trials.map(({ candidate }) => JSON.stringify(candidate))).size).toBe(7);
  });

  it('gives at least one candidate all rows, however short the time', async () => {
    let time = 0;
    const run = { evaluate: formula().evaluate, now: () => (time += 1000), budget: { timeMs: 1 } };
    const { trials, stoppedBy } = await runStrategy(start(3), run);
    expect(stoppedBy).toBe('time');
    expect(trials.some(({ share, outcome }) => share === 1 && outcome.kind === 'scored')).toBe(true);
  });
});

describe('a search', () => {
  const endless = () => randomSearch(space, { seed: 1 });

  it('stops when nothing has been better for a while', async () => {
    const run = { ...still, evaluate: formula().evaluate, budget: { patience: 15 } };
    const { trials, stoppedBy } = await runStrategy(endless(), run);
    const scores = trials.map(({ outcome }) => scoreOf(outcome, 'r2'));
    expect(stoppedBy).toBe('patience');
    expect(trials.length - 1 - scores.indexOf(Math.max(...scores))).toBeGreaterThanOrEqual(15);
    expect(trials.length % 8).toBe(0);
  });

  it('stops when its time is up and keeps what is finished', async () => {
    let time = 0;
    const { evaluate } = formula({ onEach: () => (time += 10) });
    const { trials, stoppedBy } = await runStrategy(endless(), { evaluate, now: () => time, budget: { timeMs: 115 } });
    expect([stoppedBy, trials.length, time]).toEqual(['time', 12, 120]);
  });

  it('keeps what is finished when it is cancelled', async () => {
    const abort = new AbortController();
    let count = 0;
    const { evaluate } = formula({
      onEach: () => {
        if (++count === 11) abort.abort();
      },
    });
    const { trials, stoppedBy } = await runStrategy(endless(), { ...still, evaluate, signal: abort.signal });
    expect([stoppedBy, trials.length]).toEqual(['cancelled', 11]);
  });

  it('ends by itself where a space has nothing new to give', async () => {
    const small = searchSpace([{ estimator: 'ridge', params: { alpha: [1, 2, 4] } }]);
    const { evaluate, counts } = formula();
    const { trials, stoppedBy } = await runStrategy(randomSearch(small, { seed: 1 }), { ...still, evaluate });
    expect([stoppedBy, trials.length, counts.evaluated]).toEqual(['exhausted', 3, 3]);
  });

  it('reports the best so far and the time left', async () => {
    let time = 0;
    const seen: StrategyProgress[] = [];
    const { evaluate } = formula({ onEach: () => (time += 10) });
    await runStrategy(endless(), {
      evaluate,
      now: () => time,
      budget: { candidates: 24 },
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.map(({ candidates, elapsedMs, remainingMs }) => [candidates, elapsedMs, remainingMs])).toEqual([
      [8, 80, 160],
      [16, 160, 80],
      [24, 240, 0],
      [24, 240, 0],
    ]);
    const bests = seen.map(({ best }) => best?.score ?? -Infinity);
    expect(bests).toEqual([...bests].sort((a, b) => a - b));
  });

  it('can be for the smallest error', async () => {
    const run = { ...still, evaluate: formula().evaluate, budget: twenty, metric: 'mae' as const };
    const seen: StrategyProgress[] = [];
    const { trials } = await runStrategy(endless(), { ...run, onProgress: (progress) => seen.push(progress) });
    const errors = trials.flatMap(({ outcome }) => (outcome.kind === 'scored' ? [outcome.folds[0].test.mae] : []));
    expect(seen.at(-1)?.best?.score).toBe(-Math.min(...errors));
  });

  it('passes over records that it cannot read', async () => {
    const store = new MemoryJournal();
    const journal = { store, fingerprint: 'x' };
    await runStrategy(endless(), { ...still, evaluate: formula().evaluate, budget: twenty, journal });
    const [first, second, third, ...rest] = store.records;
    const damaged: TrialJournal = {
      read: () =>
        Promise.resolve([
          null,
          7,
          { ...first, outcome: { kind: 'scored', folds: [{}] } },
          { ...second, key: 1 },
          ...rest,
        ]),
      append: () => Promise.resolve(),
    };
    const { evaluate, counts } = formula();
    await runStrategy(endless(), { ...still, evaluate, budget: twenty, journal: { store: damaged, fingerprint: 'x' } });
    expect([third.share, counts.evaluated]).toEqual([1, 3]);
  });

  it('fails when its journal cannot be written', async () => {
    const store: TrialJournal = {
      read: () => Promise.resolve([]),
      append: () => Promise.reject(new Error('the disk is full')),
    };
    const run = { ...still, evaluate: formula().evaluate, journal: { store, fingerprint: 'x' } };
    await expect(runStrategy(endless(), run)).rejects.toThrow('the disk is full');
  });

  it('evaluates a grid whole', async () => {
    const grid = Array.from({ length: 9 }, (_, trial) => sampleCandidate(space, { seed: 2, trial }));
    const { trials, stoppedBy } = await runStrategy(gridSearch(grid), { ...still, evaluate: formula().evaluate });
    expect([stoppedBy, trials.map(({ candidate }) => candidate)]).toEqual(['end', grid]);
  });

  it.each([{ candidates: 0 }, { candidates: 2.5 }, { patience: 0 }, { timeMs: 0 }, { timeMs: Number.NaN }])(
    'refuses the budget %j',
    async (budget) => {
      const run = { ...still, evaluate: formula().evaluate, budget };
      await expect(runStrategy(endless(), run)).rejects.toMatchObject({ code: 'TRAIN_OPTION', exitCode: 2 });
    },
  );
});
