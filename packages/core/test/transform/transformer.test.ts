import { expect, it } from 'vitest';
import { categoricalColumn, numericColumn, table, transformAll, type FittedTransformer } from '../../src/index.js';

const source = table([numericColumn('score', [Number.NaN, 8]), categoricalColumn('lunch', [0, -1], ['free'])]);

it('applies transformers one after another', () => {
  const steps: readonly FittedTransformer[] = [
    {
      kind: 'imputation',
      columns: [
        { name: 'score', fill: 4 },
        { name: 'lunch', fill: 'free' },
      ],
    },
    { kind: 'scaling', columns: [{ name: 'score', center: 4, scale: 2 }] },
    { kind: 'one-hot', unseen: 'error', columns: [{ name: 'lunch', levels: ['free'] }] },
  ];
  expect(transformAll(steps, source).columns).toEqual([
    numericColumn('score', [0, 2]),
    numericColumn('lunch=free', [1, 1]),
  ]);
});

it('returns the table itself when there is no transformer', () => {
  expect(transformAll([], source)).toBe(source);
});
