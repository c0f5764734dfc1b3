import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn, table, transform, type Imputation } from '../../src/index.js';

const filling: Imputation = {
  kind: 'imputation',
  columns: [
    { name: 'score', fill: 5 },
    { name: 'lunch', fill: 'standard' },
  ],
};

describe('imputation', () => {
  it('fills gaps and leaves everything else alone', () => {
    const source = table([
      numericColumn('score', [1, Number.NaN, 3]),
      categoricalColumn('lunch', [-1, 0, 1], ['free', 'standard']),
      numericColumn('other', [Number.NaN, 0, 0]),
    ]);
    expect(transform(filling, source).columns).toEqual([
      numericColumn('score', [1, 5, 3]),
      categoricalColumn('lunch', [1, 0, 1], ['free', 'standard']),
      numericColumn('other', [Number.NaN, 0, 0]),
    ]);
  });

  it('does not change the table that it is given', () => {
    const source = table([numericColumn('score', [Number.NaN]), categoricalColumn('lunch', [-1], ['standard'])]);
    transform(filling, source);
    expect(source).toEqual(
      table([numericColumn('score', [Number.NaN]), categoricalColumn('lunch', [-1], ['standard'])]),
    );
  });

  it('refuses a table that lacks a column', () => {
    expect(() => transform(filling, table([numericColumn('score', [1])]))).toThrow('no column "lunch" in the table');
  });

  it('refuses a level to fill with that the column does not have', () => {
    const source = table([numericColumn('score', [1]), categoricalColumn('lunch', [-1], ['free'])]);
    expect(() => transform(filling, source)).toThrow('column "lunch": level "standard" did not occur in training');
  });

  it('refuses a column of the other kind', () => {
    const source = table([numericColumn('score', [1]), numericColumn('lunch', [1])]);
    expect(() => transform(filling, source)).toThrow('column "lunch" has another kind than in training');
  });
});
