import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { examsSchema } from '@scorecast/data';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

const space = [{ estimator: 'ridge', params: { alpha: { kind: 'log-uniform', min: 0.1, max: 100 } } }];
const byStrategy = (strategy: string) => ({ grid: undefined, space, search: { strategy, candidates: 6 } });

/** Every way to look for a model. */
const ways: Readonly<Record<string, object>> = {
  'a grid': {},
  'random search': byStrategy('random'),
  halving: byStrategy('halving'),
  Hyperband: byStrategy('hyperband'),
  TPE: byStrategy('tpe'),
  'the automatic mode': { grid: undefined, estimators: ['ridge', 'decision-tree'] },
};

interface Attempt {
  /** Makes the file of the good rows. */
  readonly rows?: (good: readonly string[]) => readonly string[];
  readonly args?: readonly string[];
  readonly code: number;
  readonly expected: string;
}

const withTarget = (score: (i: number) => number) => (good: readonly string[]) =>
  good.map((row, i) => row.replace(/[^,]*$/, String(score(i))));
const inClass = (name: (i: number) => string) => (good: readonly string[]) =>
  good.map((row, i) => row.replace(/^[^,]*/, name(i)));
const group = ['--group', 'class'];

const attempts: Readonly<Record<string, Attempt>> = {
  'one row': { rows: (good) => good.slice(0, 1), code: 3, expected: '1 row(s) cannot be split with testSize 0.2' },
  'fewer rows than folds need': {
    rows: (good) => good.slice(0, 11),
    code: 3,
    expected: 'too few rows: 8 to learn from and 3 to test on (expected at least 10 for 5 folds',
  },
  'more folds than rows': { args: ['--folds', '500'], code: 3, expected: 'expected at least 1000 for 500 folds' },
  'a constant target': { rows: withTarget(() => 50), code: 3, expected: 'is 50 in every row' },
  'a target that is constant in the training part': {
    // Row 96 is in the test part of seed 42.
    rows: withTarget((i) => (i === 95 ? 70 : 50)),
    code: 3,
    expected: 'no other value than 50 in 160 row(s) of the training part',
  },
  'a column without values': {
    rows: (good) => good.map((row) => row.replace(/,[^,]*(,[^,]*)$/, ',$1')),
    code: 3,
    expected: 'column "writing_score" has no value in 200 row(s)',
  },
  'a column with values in two rows': {
    // Row 96 is in the test part, so the fold that tests on row 4 has none to learn from.
    rows: (good) => good.map((row, i) => (i === 3 || i === 95 ? row : row.replace(/,[^,]*(,[^,]*)$/, ',$1'))),
    code: 1,
    expected: 'column "writing_score" has no value in the training rows',
  },
  'fewer groups than folds': {
    rows: inClass((i) => `class ${i % 4}`),
    args: group,
    code: 3,
    expected: '3 group(s) cannot be cut into 5 folds',
  },
  'one group': { rows: inClass(() => 'all'), args: group, code: 3, expected: '1 group(s) cannot be split' },
  'groups of single rows': {
    rows: inClass((i) => (i < 9 ? `pupil ${i}` : `class ${i % 2}`)),
    args: [...group, '--folds', '6'],
    code: 3,
    expected: 'one of 6 folds would test on 1 row(s)',
  },
  'a row without its group': {
    rows: inClass((i) => (i === 17 || i === 40 ? '' : `class ${i % 10}`)),
    args: group,
    code: 3,
    expected: 'the group column "class", row 18: no value, the first of 2 such rows',
  },
  'groups and strata': { args: [...group, '--stratify'], code: 2, expected: 'by groups and by strata' },
  'strata of too few rows': {
    rows: (good) => good.slice(0, 9),
    args: ['--stratify', '--folds', '4'],
    code: 3,
    expected: 'too few rows: 7 to learn from',
  },
};

/** A project whose first column is the class of a pupil. */
async function classes(settings: object, rows: Attempt['rows']): Promise<string> {
  const schema = {
    ...examsSchema,
    identifiers: [{ name: 'class' }],
    features: examsSchema.features.map((feature) => ({ ...feature, optional: feature.name === 'writing_score' })),
  };
  const folder = await examsProject({ schema, minR2: null, repeats: 1, ...settings });
  const file = path.join(folder, 'exams.csv');
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const good = lines.map((line, i) => `class ${i % 10},${line}`);
  await writeFile(file, `class,${header}\n${(rows?.(good) ?? good).join('\n')}\n`);
  return folder;
}

describe.each(Object.entries(ways))('%s says what is wrong with', (_way, settings) => {
  it.each(Object.entries(attempts))('%s', async (_name, { rows, args = [], code, expected }) => {
    const folder = await classes(settings, rows);
    const run = await cli(folder, 'train', ...args);
    expect(run.stderr).toContain(expected);
    expect(run.code).toBe(code);
    expect(run.stderr).not.toContain('fault of Scorecast');
  });

  it('nothing, where few rows are parted by strata', async () => {
    const folder = await classes(settings, (good) => good.slice(0, 30));
    const { code, stderr } = await cli(folder, 'train', '--stratify');
    expect(code, stderr).toBe(0);
  });
});

describe('what cannot be searched is refused by name:', () => {
  const searched = (over: object) => ({ grid: undefined, space: [over] });
  const settings: readonly [string, object, number, string][] = [
    ['an empty grid', { grid: [] }, 2, 'the grid is empty'],
    ['a param without values', { grid: [{ estimator: 'ridge', params: { alpha: [] } }] }, 2, 'ridge, alpha is empty'],
    ['a param that does not exist', { grid: [{ estimator: 'ridge', params: { alfa: 1 } }] }, 2, 'no param "alfa"'],
    ['a param out of range', { grid: [{ estimator: 'ridge', params: { alpha: -1 } }] }, 2, 'cannot be -1'],
    [
      'a grid that no rows can satisfy',
      { grid: [{ estimator: 'k-neighbors', params: { nNeighbors: [500, 600] } }] },
      1,
      'nNeighbors 500 needs at least 500 rows (found 128; choose a smaller nNeighbors)',
    ],
    [
      'a space that no rows can satisfy',
      searched({ estimator: 'k-neighbors', params: { nNeighbors: { kind: 'integer', min: 400, max: 500 } } }),
      1,
      'no candidate could be fitted',
    ],
    ['an empty space', { grid: undefined, space: [] }, 2, 'nothing to choose from'],
    ['no time', { ...byStrategy('tpe'), search: { timeSeconds: -1 } }, 2, 'timeSeconds cannot be -1'],
    ['no time at all', { time: 0 }, 2, 'time: expected a number above 0'],
    ['a metric that does not exist', { metric: ['mae', 'mea'] }, 2, 'metric[1]: expected "r2" or "mae"'],
    ['no metric', { metric: [] }, 2, 'metric: expected at least one metric'],
    ['two floors', { minR2: 0.5, floor: { metric: 'mae', limit: 5 } }, 2, 'minR2: expected either this or floor'],
  ];
  it.each(settings)('%s', async (_name, changes, code, expected) => {
    const run = await cli(await examsProject(changes), 'train');
    expect(run.stderr).toContain(expected);
    expect(run.code).toBe(code);
  });

  it('says a reason once for all candidates that it holds for', async () => {
    const folder = await classes({}, attempts['a column with values in two rows'].rows);
    const { stderr } = await cli(folder, 'train');
    expect(stderr).toMatch(/no candidate could be fitted:\n {2}least-squares and 2 more: column "writing_score"/);
  });
});
