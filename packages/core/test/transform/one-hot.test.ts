import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn, numericColumns, table, transform, type OneHot } from '../../src/index.js';

const encoding: OneHot = {
  kind: 'one-hot',
  unseen: 'ignore',
  columns: [{ name: 'lunch', levels: ['standard', 'free'] }],
};
const strict: OneHot = { ...encoding, unseen: 'error' };

describe('one-hot encoding', () => {
  it('puts one column per learned level in the place of the categorical one', () => {
    const source = table([
      numericColumn('reading', [1, 2]),
      categoricalColumn('lunch', [0, 1], ['standard', 'free']),
      numericColumn('writing', [3, 4]),
    ]);
    expect(transform(encoding, source).columns).toEqual([
      numericColumn('reading', [1, 2]),
      numericColumn('lunch=standard', [1, 0]),
      numericColumn('lunch=free', [0, 1]),
      numericColumn('writing', [3, 4]),
    ]);
  });

  it('goes by the name of a level, not by its code', () => {
    const source = table([categoricalColumn('lunch', [0, 1], ['free', 'standard'])]);
    expect(transform(encoding, source).columns).toEqual([
      numericColumn('lunch=standard', [0, 1]),
      numericColumn('lunch=free', [1, 0]),
    ]);
  });

  it.each([encoding, strict])('encodes a missing level as zeros (policy $unseen)', (policy) => {
    const source = table([categoricalColumn('lunch', [-1], ['standard', 'free'])]);
    expect(numericColumns(transform(policy, source)).map((column) => column.values[0])).toEqual([0, 0]);
  });

  it('encodes an unseen level as zeros where the policy is to ignore it', () => {
    const source = table([categoricalColumn('lunch', [0], ['packed'])]);
    expect(numericColumns(transform(encoding, source)).map((column) => column.values[0])).toEqual([0, 0]);
  });

  it('refuses an unseen level where the policy is an error, and says which', () => {
    const source = table([categoricalColumn('lunch', [0, 1], ['standard', 'packed'])]);
    expect(() => transform(strict, source)).toThrow('column "lunch": level "packed" did not occur in training');
  });

  it('accepts an unseen level that no row has', () => {
    const source = table([categoricalColumn('lunch', [0], ['standard', 'packed'])]);
    expect(transform(strict, source).rowCount).toBe(1);
  });

  it('marks exactly one level per row that has a known one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 1 }), (codes) => {
        const source = table([categoricalColumn('lunch', codes, ['standard', 'packed', 'free'])]);
        const columns = numericColumns(transform(encoding, source));
        codes.forEach((code, row) => {
          const marks = columns.reduce((sum, column) => sum + column.values[row], 0);
          expect(marks).toBe(code === 0 || code === 2 ? 1 : 0);
        });
      }),
    );
  });
});
