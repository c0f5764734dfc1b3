import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

describe('scorecast train --metric', () => {
  it('chooses by the first metric, shows it first and reports the others', async () => {
    const folder = await examsProject();
    const { code, stderr, stdout } = await cli(folder, 'train', '--metric', 'medianAbsoluteError, maxError', '--json');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /candidate +median absolute error +sd +largest error +R2 +MAE +RMSE +train median absolute error +fresh median absolute error/,
    );
    expect(stderr).toMatch(/expected median absolute error on new data: \d\.\d{4}, 95 % interval/);
    expect(stderr).toMatch(/wins: it scores median absolute error \d/);
    expect(stderr).toMatch(/scored once: median absolute error \d\.\d{4}, largest error \d+\.\d{4}, R2 0\.\d{4}, MAE/);
    const answer: object = JSON.parse(stdout);
    expect(answer).toMatchObject({
      metrics: { test: { medianAbsoluteError: expect.any(Number), maxError: expect.any(Number) } },
      expected: { medianAbsoluteError: { lower: expect.any(Number) }, maxError: { lower: expect.any(Number) } },
      leaderboard: { metrics: ['medianAbsoluteError', 'maxError'] },
      provenance: { search: { metrics: ['medianAbsoluteError', 'maxError'] } },
    });
    const leaderboard = await readFile(path.join(folder, 'scorecast-out/leaderboard.json'), 'utf8');
    expect(leaderboard).toMatch(/"mean": \{\s+"medianAbsoluteError"/);
  });

  it('wins over the configuration', async () => {
    const folder = await examsProject({ metric: ['rmse', 'mae'] });
    expect((await cli(folder, 'train')).stderr).toMatch(/candidate +RMSE +sd +MAE +R2 +train RMSE/);
    expect((await cli(folder, 'train', '--metric', 'mae')).stderr).toMatch(/candidate +MAE +sd +R2 +RMSE +train MAE/);
  });

  it('names the metrics that there are', async () => {
    const { code, stderr } = await cli(await examsProject(), 'train', '--metric', 'maxEror');
    expect(code).toBe(2);
    expect(stderr).toContain('Expected r2, mae, rmse, medianAbsoluteError, maxError,');
    expect(stderr).toContain('Did you mean maxError?');
  });
});

describe('scorecast train --floor', () => {
  it('is a ceiling for an error', async () => {
    const folder = await examsProject();
    expect((await cli(folder, 'train', '--floor', 'mae=50')).code).toBe(0);
    const { code, stderr } = await cli(folder, 'train', '--floor', 'mae=1');
    expect(code).toBe(5);
    expect(stderr).toMatch(/is not good enough: MAE \d\.\d{4} on the folds of the training part \(expected at most 1;/);
  });

  it('wins over the configuration, as its short form does', async () => {
    const folder = await examsProject({ floor: { metric: 'mae', limit: 0.1 } });
    expect((await cli(folder, 'train')).code).toBe(5);
    expect((await cli(folder, 'train', '--min-r2', '0.5')).code).toBe(0);
    expect((await cli(await examsProject({ minR2: 0.999 }), 'train', '--floor', 'r2=0.5')).code).toBe(0);
  });

  it.each([
    [['--floor', 'mae'], 'Expected a metric and a number, such as mae=5.'],
    [['--floor', 'mae=low'], 'Expected a metric and a number, such as mae=5.'],
    [['--floor', 'mse=5'], 'Expected r2, mae, rmse'],
    [['--floor', 'mae=5', '--min-r2', '0.5'], "'--min-r2 <n>' cannot be used with option '--floor"],
  ])('refuses %j', async (args, expected) => {
    const { code, stderr } = await cli(await examsProject(), 'train', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});

it('how rows were split stands in the bundle', async () => {
  const { code, stdout } = await cli(await examsProject({ stratify: true }), 'train', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ provenance: { search: { group: null, stratify: true } } });
});
