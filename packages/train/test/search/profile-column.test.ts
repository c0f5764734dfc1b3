import { categoricalColumn, numericColumn } from '@scorecast/core';
import { expect, it } from 'vitest';
import { profileColumn } from '../../src/search/profile-column.js';

it('describes the numbers that are there and counts those that are not', () => {
  expect(profileColumn(numericColumn('hours', [4, Number.NaN, 1, 3, 2, Number.NaN]))).toEqual({
    kind: 'numeric',
    name: 'hours',
    missing: 2,
    mean: 2.5,
    sd: Math.sqrt(1.25),
    quantiles: [1, 1.75, 2.5, 3.25, 4],
  });
});

it('counts every level in the order of the schema, also one that never occurs', () => {
  expect(profileColumn(categoricalColumn('group', [1, -1, 1, 0], ['A', 'B', 'C']))).toEqual({
    kind: 'categorical',
    name: 'group',
    missing: 1,
    counts: [
      { level: 'A', count: 1 },
      { level: 'B', count: 2 },
      { level: 'C', count: 0 },
    ],
  });
});
