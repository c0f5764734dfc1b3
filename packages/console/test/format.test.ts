import { describe, expect, it } from 'vitest';
import { bestOf, betterDirection } from '../web/format/better.js';
import { counted, formatChange, formatSize, formatValue } from '../web/format/number.js';
import { formatDuration, formatTime } from '../web/format/time.js';

describe('values of metrics', () => {
  it.each([
    [0.871239, '0.8712'],
    [-0.0031, '−0.0031'],
    [42, '42'],
    [0, '0'],
    [12_345.678, '12,345.7'],
    [0.000012345, '1.234e-5'],
    [3.2e12, '3.200e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [undefined, ''],
  ])('%s reads %s', (value, shown) => {
    expect(formatValue(value)).toBe(shown);
  });

  it('have a sign where they are changes', () => {
    expect([formatChange(0.013), formatChange(-0.013), formatChange(0)]).toEqual(['+0.0130', '−0.0130', '0']);
  });
});

describe('counts and sizes', () => {
  it('agree with their nouns', () => {
    expect([counted(0, 'run'), counted(1, 'run'), counted(10_000, 'run')]).toEqual(['0 runs', '1 run', '10,000 runs']);
  });

  it('use the largest unit that leaves a whole number in front', () => {
    expect([0, 999, 1000, 1_540_000, 3e13, undefined].map(formatSize)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.00 kB',
      '1.54 MB',
      '30.0 TB',
      '',
    ]);
  });
});

describe('times', () => {
  it('name the day and the minute', () => {
    expect(formatTime(Date.UTC(2026, 10, 20, 9, 5), 'UTC')).toBe('20 Nov 2026, 09:05');
    expect(formatTime(undefined)).toBe('');
  });

  it.each([
    [350, '350 ms'],
    [4200, '4.2 s'],
    [185_000, '3 m 5 s'],
    [7_800_000, '2 h 10 m'],
    [273_600_000, '3 d 4 h'],
    [-1, ''],
    [undefined, ''],
  ])('a duration of %s reads %s', (milliseconds, shown) => {
    expect(formatDuration(milliseconds)).toBe(shown);
  });
});

describe('what is better', () => {
  it('is told by the name of a metric', () => {
    expect(['cv_r2', 'accuracy', 'val.f1'].map(betterDirection)).toEqual(['larger', 'larger', 'larger']);
    expect(['test_mae', 'val_loss', 'rmse'].map(betterDirection)).toEqual(['smaller', 'smaller', 'smaller']);
    expect(['learning_rate', 'cv_sd_r2', 'seconds'].map(betterDirection)).toEqual([undefined, undefined, undefined]);
  });

  it('is the largest or the smallest number, and may be several', () => {
    expect([...bestOf('cv_r2', [0.8, Number.NaN, 0.9, undefined, 0.9])]).toEqual([2, 4]);
    expect([...bestOf('cv_mae', [4, 5])]).toEqual([0]);
  });

  it('is nothing among equals and where the name does not tell', () => {
    expect(bestOf('cv_r2', [0.8, 0.8]).size).toBe(0);
    expect(bestOf('seconds', [1, 2]).size).toBe(0);
    expect(bestOf('cv_r2', [0.8, undefined]).size).toBe(0);
  });
});
