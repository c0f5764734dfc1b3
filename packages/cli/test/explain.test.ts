import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

const space = [
  { estimator: 'ridge', params: { alpha: { kind: 'log-uniform', min: 0.1, max: 100 } } },
  { estimator: 'lasso', params: { alpha: { kind: 'log-uniform', min: 0.01, max: 1 } } },
];

describe('scorecast train --explain', () => {
  it('says what follows the first fits', async () => {
    const folder = await examsProject({ grid: undefined });
    const { stdout, stderr } = await cli(folder, 'train', '--explain', '--preset', 'standard', '--nested');
    expect(stdout, stderr).toContain('then tunes the best three estimators by TPE, 20 candidates\n');
    expect(stdout).toContain('and joins the best by blend, stacking\n');
    expect(stdout).toContain('and does all of this again without each of the 5 folds, and scores it there\n');
  });

  it('shares the time as the training will', async () => {
    const folder = await examsProject({ grid: undefined });
    const timed = async (...args: readonly string[]) =>
      (await cli(folder, 'train', '--explain', '--time', '60', ...args)).stdout;
    expect(await timed()).toContain('by TPE, until 60 s are over');
    expect(await timed('--nested', '--folds', '4')).toContain('by TPE, until 12 s are over');
  });

  it.each([
    ['tpe', 'search by tpe, first batch: 6 candidates in 5 folds'],
    ['random', 'search by random, first batch: 6 candidates in 5 folds'],
    ['halving', 'search by halving, first batch, with 33 % of the training rows: 6 candidates in 5 folds'],
    ['hyperband', 'search by hyperband, first batch, with 11 % of the training rows: 6 candidates in 5 folds'],
  ])('shows the first batch of a search by %s', async (strategy, expected) => {
    const folder = await examsProject({ grid: undefined, space, search: { strategy, candidates: 6 } });
    const { stdout, stderr } = await cli(folder, 'train', '--explain');
    expect(stdout, stderr).toContain(expected);
    expect(stdout).toContain('then goes on as the strategy says');
  });

  it('counts the fits of all repeats of the folds, by option or configuration', async () => {
    const folder = await examsProject({ grid: undefined, space, search: { candidates: 6 }, foldRepeats: 2 });
    expect((await cli(folder, 'train', '--explain')).stdout).toContain('6 candidates in 5 folds, 2 times: 20 fits');
    const { stdout } = await cli(folder, 'train', '--explain', '--fold-repeats', '3');
    expect(stdout).toContain('6 candidates in 5 folds, 3 times: 30 fits instead of 90');
  });

  it('has both as JSON', async () => {
    const { stdout } = await cli(await examsProject(), 'train', '--explain', '--json', '--repeats', '1');
    expect(JSON.parse(stdout)).toMatchObject({
      candidates: 3,
      then: ['compares the finalists in 5 fresh folds', 'fits the winner to the whole training part'],
    });
  });
});

it('scorecast train --resume says when there is nothing to go on from', async () => {
  const { code, stderr } = await cli(await examsProject(), 'train', '--resume', '--repeats', '1');
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('going on from nothing: there is no unfinished training of these rows and settings');
});
