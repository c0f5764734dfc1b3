import { defineSchema, loadBundle, encodeBundle, mersenneTwister, numericColumn, table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { trainAutomatically, trainBundle, type AutomaticOptions } from '../../src/index.js';
import { foldTrainingPart } from '../../src/splits/split-and-fold.js';

const PUPILS = 60;
const EXAMS = 5;

/**
 * Pupils with a talent that nothing explains, each with the same height and shoe size in all of their exams: whoever has seen
 * a pupil knows the next exam, and whoever has not knows nothing.
 */
function pupils(): Pick<AutomaticOptions, 'schema' | 'features' | 'target' | 'groups'> {
  const random = mersenneTwister(5);
  const each = () => Array.from({ length: PUPILS }, () => random.normal());
  const [talent, height, shoe] = [each(), each(), each()];
  const pupilOf = Array.from({ length: PUPILS * EXAMS }, (_, row) => row % PUPILS);
  const column = (name: string, values: readonly number[]) =>
    numericColumn(
      name,
      Float64Array.from(pupilOf, (pupil) => values[pupil]),
    );
  return {
    schema: defineSchema({
      name: 'pupils',
      features: ['height', 'shoe'].map((name) => ({ kind: 'numeric' as const, name })),
      target: { name: 'mark' },
    }),
    features: table([column('height', height), column('shoe', shoe)]),
    target: Float64Array.from(pupilOf, (pupil) => 50 + 10 * talent[pupil] + random.normal()),
    groups: pupilOf.map((pupil) => `pupil ${pupil}`),
  };
}

const { groups, ...rows } = pupils();
const training: AutomaticOptions = {
  ...rows,
  dataSha256: 'ab'.repeat(32),
  dataRows: PUPILS * EXAMS,
  workers: 1,
  repeats: 2,
  floor: { metric: 'r2', limit: -Infinity },
  grid: [{ estimator: 'k-neighbors', params: { nNeighbors: 2 } }, { estimator: 'mean' }],
};

describe('rows of groups', async () => {
  const grouped = { ...training, groups: groups ?? [], groupColumn: 'pupil' };
  const split = await trainAutomatically({ ...grouped, nested: true });

  it('are known by heart where they are not kept together: the set shows a leak', async () => {
    const { selection, bundle } = await trainAutomatically(training);
    expect(selection.winner.estimator).toBe('k-neighbors');
    expect(selection.expected.fresh.r2.mean).toBeGreaterThan(0.8);
    expect(bundle.metrics.test.r2).toBeGreaterThan(0.8);
  });

  it('leak neither into the search, nor into the folds of the finalists, nor into those of the nested cross-validation', () => {
    const scores = split.selection.finalists.map(({ fresh }) => fresh.r2.mean);
    const searched = split.leaderboard.scored.map(({ mean }) => mean.r2);
    for (const score of [...scores, ...searched, split.nested?.r2.mean, split.bundle.metrics.test.r2]) {
      expect(score).toBeLessThan(0.2);
    }
  });

  it('stand in the provenance, with what the winner was chosen by', async () => {
    const { provenance } = await loadBundle(await encodeBundle(split.bundle));
    expect(provenance).toMatchObject({
      folds: 5,
      testSize: 0.2,
      seed: 42,
      search: { group: 'pupil', stratify: false, metrics: ['r2'], repeats: 2 },
    });
    const { bundle } = await trainBundle({ ...training, stratify: true, metric: ['mae', 'maxError'] });
    expect(bundle.provenance.search).toEqual({ group: null, stratify: true, metrics: ['mae', 'maxError'] });
  });

  it('are cut into other folds for the finalists, whole again', () => {
    const every = { train: Int32Array.from(rows.target.keys()), test: new Int32Array() };
    const cut = (seed: number, fresh: boolean) =>
      foldTrainingPart(rows.target, { groups: groups ?? [] }, every, { folds: 5, seed, fresh });
    const tested = (seed: number, fresh: boolean) =>
      cut(seed, fresh).map(({ test }) => [...new Set(Array.from(test, (row) => groups?.[row] ?? ''))].sort().join());
    const search = tested(42, false);
    expect(tested(43, false)).toEqual(search);
    for (const fresh of [tested(43, true), tested(44, true)]) {
      expect(fresh.filter((names) => search.includes(names))).toEqual([]);
      expect(fresh.flatMap((names) => names.split(','))).toHaveLength(PUPILS);
    }
  });

  it('that are as many as folds meet once more in the same ones, which is said', async () => {
    const schools = rows.target.map((_, row) => row % 6);
    const { selection, warnings } = await trainAutomatically({
      ...training,
      groups: Array.from(schools, (school) => `school ${school}`),
      folds: 4,
    });
    expect(warnings).toContainEqual(expect.stringContaining('cut in one way only'));
    expect(selection.reason).toContain('in 4 further folds');
  });

  it('are refused before the search where a fold, or a fold within a fold, would be too small', async () => {
    let fits = 0;
    const onProgress = () => {
      fits++;
    };
    const alone = groups?.map((_, row) => (row < 20 ? `alone ${row}` : `school ${row % 2}`)) ?? [];
    const few = Array.from(rows.target, (_, row) => `school ${row % 6}`);
    const attempts: [Partial<AutomaticOptions>, string][] = [
      [{ groups: alone, folds: 10 }, 'TRAIN_FOLD_ROWS'],
      [{ groups: few, folds: 4, nested: true }, 'TRAIN_GROUPS'],
      [{ groups: groups?.map(() => 'one') ?? [] }, 'TRAIN_SPLIT_GROUPS'],
    ];
    for (const [changes, code] of attempts) {
      const training = trainAutomatically({ ...grouped, ...changes, onProgress });
      await expect(training).rejects.toMatchObject({ code, exitCode: 3 });
    }
    expect(fits).toBe(0);
  });
});
