import { encodeBundle } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  integer,
  logUniform,
  trainBundle,
  type SearchProgress,
  type StrategyOptions,
  type TrainingOptions,
  type TrialJournal,
  type TrialRecord,
} from '../../src/index.js';
import { quickTraining, sampleRows } from '../search/sample-rows.js';

const space = [
  { estimator: 'ridge', params: { alpha: logUniform(0.01, 100) } },
  { estimator: 'k-neighbors', params: { nNeighbors: integer(2, 30), weights: ['uniform', 'distance'] } },
];
const strategies: readonly StrategyOptions[] = [
  { strategy: 'random', candidates: 12 },
  { strategy: 'halving', candidates: 12 },
  { strategy: 'hyperband', candidates: 12 },
  { strategy: 'tpe', candidates: 18 },
];

/** A journal that is lost with the process, which fails after so many records. */
class FragileJournal implements TrialJournal {
  readonly records: { fingerprint: string; text: string }[] = [];
  #fingerprint = '';
  #left: number;

  constructor(lasts: number) {
    this.#left = lasts;
  }

  read(fingerprint: string): Promise<readonly unknown[]> {
    this.#fingerprint = fingerprint;
    const mine = this.records.filter((record) => record.fingerprint === fingerprint);
    return Promise.resolve(mine.map(({ text }): unknown => JSON.parse(text)));
  }

  append(record: TrialRecord): Promise<void> {
    if (this.#left-- <= 0) return Promise.reject(new Error('the power failed'));
    this.records.push({ fingerprint: this.#fingerprint, text: JSON.stringify(record) });
    return Promise.resolve();
  }

  last(): void {
    this.#left = Infinity;
  }
}

const encoded = async (options: TrainingOptions) => encodeBundle((await trainBundle(options)).bundle);

describe.each(strategies)('training by the strategy $strategy', (search) => {
  const options = quickTraining(200, { search, space });

  it('gives the same bundle to the last byte, with one, two or three threads', async () => {
    const texts = await Promise.all([1, 2, 3].map((workers) => encoded({ ...options, workers })));
    expect(new Set(texts).size).toBe(1);
  });

  it('goes on from its journal to the same bundle when it was killed, without fitting again what was finished', async () => {
    const journal = new FragileJournal(5);
    await expect(trainBundle({ ...options, journal })).rejects.toThrow('the power failed');
    expect(journal.records).toHaveLength(5);
    journal.last();
    expect(await encoded({ ...options, journal })).toBe(await encoded(options));
    const texts = journal.records.map(({ text }) => JSON.parse(text)).map(({ key, share }) => `${share} ${key}`);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('reports how far it is, up to the end', async () => {
    const seen: SearchProgress[] = [];
    let time = 0;
    const now = () => (time += 5);
    await trainBundle({ ...options, now, onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every(({ done, total }) => done <= total)).toBe(true);
    expect(seen.at(-1)?.best?.score).toBeGreaterThan(0.9);
  });
});

describe('a search by strategy', () => {
  it('draws from the lists of a grid where there is no space', async () => {
    const grid = [{ estimator: 'ridge', params: { alpha: [1, 2, 3] } }];
    const { leaderboard } = await trainBundle(quickTraining(200, { search: { strategy: 'random' }, grid }));
    expect(leaderboard.scored.map(({ params }) => params['alpha']).sort()).toEqual([1, 2, 3]);
  });

  it('is TPE where there is only a space', async () => {
    expect(await encoded(quickTraining(200, { space }))).toBe(
      await encoded(quickTraining(200, { space, search: { strategy: 'tpe', candidates: 50 } })),
    );
  });

  it('chooses by another metric where one is named', async () => {
    const search = { strategy: 'random' as const, candidates: 12 };
    const { leaderboard, selection } = await trainBundle(quickTraining(200, { search, space, metric: 'mae' }));
    const errors = leaderboard.scored.map(({ mean }) => mean.mae);
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
    expect(selection.best.mean.mae).toBe(Math.min(...errors));
    expect(selection.reason).toMatch(/wins: it scores MAE \d/);
  });

  it('stops in time with what it has', async () => {
    let time = 0;
    const now = () => (time += 100);
    const search = { strategy: 'random' as const, timeSeconds: 1 };
    const { leaderboard } = await trainBundle(quickTraining(200, { search, space, now }));
    expect(leaderboard.scored.length).toBeGreaterThan(0);
    expect(leaderboard.scored.length).toBeLessThan(20);
  });

  it('keeps candidates whose params do not fit the rows as failed, and goes on', async () => {
    const wide = [{ estimator: 'k-neighbors', params: { nNeighbors: integer(2, 300) } }];
    const search = { strategy: 'random' as const, candidates: 12 };
    const { leaderboard } = await trainBundle(quickTraining(200, { search, space: wide }));
    expect(leaderboard.failed.length + leaderboard.scored.length).toBe(12);
    expect(leaderboard.failed[0].reason).toContain('needs at least');
  });

  it('refuses a space with a wrong name before it looks at the data', async () => {
    const wrong = [{ estimator: 'ridge', params: { alphas: logUniform(1, 2) } }];
    const training = trainBundle(quickTraining(0, { search: {}, space: wrong }));
    await expect(training).rejects.toMatchObject({ code: 'TRAIN_UNKNOWN_PARAM' });
  });

  it('refuses limits that make no sense', async () => {
    for (const search of [{ candidates: 0 }, { patience: 1.5 }, { timeSeconds: -1 }]) {
      const training = trainBundle(quickTraining(200, { search, space }));
      await expect(training).rejects.toMatchObject({ code: 'TRAIN_OPTION', exitCode: 2 });
    }
  });

  it('ends when it is cancelled', async () => {
    const training = trainBundle(quickTraining(200, { search: {}, space, signal: AbortSignal.abort() }));
    await expect(training).rejects.toMatchObject({ code: 'TRAIN_CANCELLED', exitCode: 130 });
  });
});

describe('a grid with a journal', () => {
  it('goes on from what was finished, to the same bundle', async () => {
    const journal = new FragileJournal(3);
    await expect(trainBundle(quickTraining(200, { journal }))).rejects.toThrow('the power failed');
    journal.last();
    expect(await encoded(quickTraining(200, { journal }))).toBe(await encoded(quickTraining(200)));
    expect(journal.records).toHaveLength(6);
  });

  it('takes nothing from the journal of other data, folds or seeds', async () => {
    const journal = new FragileJournal(Infinity);
    await trainBundle(quickTraining(200, { journal }));
    await trainBundle(quickTraining(200, { journal, seed: 1 }));
    await trainBundle(quickTraining(200, { journal, folds: 4 }));
    await trainBundle(quickTraining(200, { journal, ...sampleRows(200, { seed: 9 }) }));
    expect(new Set(journal.records.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(journal.records).toHaveLength(24);
  });
});

describe('rows in groups', () => {
  const groups = Array.from({ length: 200 }, (_, row) => `pupil ${row % 40}`);

  it('come into one part only, whole', async () => {
    const { split } = await trainBundle(quickTraining(200, { groups }));
    const tested = new Set(Array.from(split.test, (row) => groups[row]));
    expect(tested.size).toBe(8);
    expect(Array.from(split.train).some((row) => tested.has(groups[row]))).toBe(false);
  });

  it.each([
    ['fewer groups than folds', { groups: groups.map((_, row) => `school ${row % 4}`) }, 'TRAIN_GROUPS', 3],
    [
      'a row without a group',
      { groups: groups.with(7, 'x').map((group) => (group === 'x' ? null : group)) },
      'TRAIN_GROUP_MISSING',
      3,
    ],
    ['too few group names', { groups: groups.slice(1) }, 'TRAIN_GROUP_ROWS', 1],
    ['groups and strata at once', { groups, stratify: true }, 'TRAIN_STRATIFIED_GROUPS', 2],
  ])('are refused: %s', async (_, changes, code, exitCode) => {
    await expect(trainBundle(quickTraining(200, changes))).rejects.toMatchObject({ code, exitCode });
  });

  it('give way to strata of the target where those are asked for', async () => {
    const { bundle } = await trainBundle(quickTraining(200, { stratify: true }));
    expect(await encodeBundle(bundle)).not.toBe(await encoded(quickTraining(200)));
    expect(bundle.metrics.cv.r2).toBeGreaterThan(0.9);
  });
});
