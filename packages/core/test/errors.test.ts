import { expect, it } from 'vitest';
import { ScorecastError } from '../src/errors.js';
import { ScorecastError as other } from '@scorecast/core';

it('knows an error that another copy of the class made, and no other error', () => {
  const error = new other('CODE', { status: 400, exitCode: 2 }, 'what, where, expected', {});
  expect(other).not.toBe(ScorecastError);
  expect(error instanceof ScorecastError).toBe(true);
  expect(new Error('x') instanceof ScorecastError).toBe(false);
  expect(Object.keys(error)).toEqual(['code', 'status', 'exitCode', 'details', 'name']);
});
