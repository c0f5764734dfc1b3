import { numericColumn, table, type LinearModel } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { checkModel } from '../src/index.js';

const model: LinearModel = { kind: 'linear', features: ['x'], coefficients: Float64Array.of(2), intercept: 1 };
const x = table([numericColumn('x', [1, 2, 3])]);

describe('the checks of models', () => {
  it('find nothing wrong with one that keeps every promise', async () => {
    expect(await checkModel('line', model, x)).toEqual([]);
  });

  it('find numbers that are none', async () => {
    const findings = await checkModel('line', { ...model, intercept: Number.NaN }, x);
    expect(findings).toContain(
      'line must be plain data, so that JSON can hold it: the model.intercept is NaN (expected a finite number)',
    );
    expect(findings).toContain(
      'line must predict one finite number per row: it predicted NaN for row 1 (expected a finite number)',
    );
  });

  it('find the zero that JSON cannot hold', async () => {
    expect(await checkModel('line', { ...model, intercept: -0 }, x)).toEqual([
      'line must be plain data, so that JSON can hold it: the model.intercept is -0 (expected 0, the only zero of JSON: add 0 to it)',
    ]);
  });

  it('find what a bundle would not give back', async () => {
    const lost = { ...model, coefficients: Float64Array.of(2, 3) };
    expect((await checkModel('line', lost, x)).join()).toContain(
      'line must predict the same bits after a bundle: it threw',
    );
  });
});
