import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { examsSchema } from '@scorecast/data';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

const space = [
  { estimator: 'ridge', params: { alpha: { kind: 'log-uniform', min: 0.1, max: 100 } } },
  {
    estimator: 'k-neighbors',
    params: { nNeighbors: { kind: 'integer', min: 3, max: 30 }, weights: ['uniform', 'distance'] },
  },
];

describe('a configuration with a search space', () => {
  it.each(['random', 'halving', 'hyperband', 'tpe'])('trains by the strategy %s', async (strategy) => {
    const folder = await examsProject({ grid: undefined, space, search: { strategy, candidates: 6 } });
    const { code, stderr } = await cli(folder, 'train');
    expect(code, stderr).toBe(0);
    const bundle: unknown = JSON.parse(await readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8'));
    expect(bundle).toHaveProperty('formatVersion', 1);
  });

  it('is refused with the param and what it may be', async () => {
    const wrong = [{ estimator: 'ridge', params: { alpha: { kind: 'log-uniform', min: 0, max: 1 } } }];
    const { code, stderr } = await cli(await examsProject({ grid: undefined, space: wrong }), 'train');
    expect(code).toBe(2);
    expect(stderr).toContain('ridge: param "alpha" cannot be searched: log-uniform from 0 to 1');
  });

  it('has every problem of its settings named', async () => {
    const search = { strategy: 'annealing', candidate: 3, patience: 0 };
    const { code, stderr } = await cli(await examsProject({ search, metric: 'r3', stratify: 'yes' }), 'train');
    expect(code).toBe(2);
    expect(stderr).toContain('search.strategy: expected "random" or "halving" or "hyperband" or "tpe"');
    expect(stderr).toContain('search.candidate: expected one of the keys');
    expect(stderr).toContain('search.patience: expected an integer of at least 1');
    expect(stderr).toContain('metric: expected "r2" or "mae" or "rmse" or "medianAbsoluteError"');
    expect(stderr).toContain('stratify: expected true or false');
  });
});

describe('scorecast train --group', () => {
  const schema = { ...examsSchema, identifiers: [{ name: 'class' }] };

  it('keeps the rows of a group in one part', async () => {
    const folder = await examsProject({ schema });
    const file = path.join(folder, 'exams.csv');
    const [header, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
    const withClass = [`class,${header}`, ...rows.map((row, i) => `class ${i % 20},${row}`)];
    await writeFile(file, `${withClass.join('\n')}\n`);
    const { code, stderr } = await cli(folder, 'train', '--group', 'class');
    expect(code, stderr).toBe(0);
    const classesOf = async (part: string) => {
      const text = await readFile(path.join(folder, `scorecast-out/parts/${part}.csv`), 'utf8');
      return new Set(text.match(/class \d+/g));
    };
    const [train, test] = [await classesOf('train'), await classesOf('test')];
    expect([train.size, test.size]).toEqual([16, 4]);
    expect([...test].some((name) => train.has(name))).toBe(false);
    const bundle: unknown = JSON.parse(await readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8'));
    expect(bundle).toHaveProperty('content.provenance.search.group', 'class');
  });

  it('refuses a column that is no identifier', async () => {
    const { code, stderr } = await cli(
      await examsProject({ schema: { ...examsSchema, identifiers: [] } }),
      'train',
      '--group',
      'lunch',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('the group column "lunch" is not an identifier of the schema');
  });
});
