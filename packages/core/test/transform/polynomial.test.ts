import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn, productCount, table, transform, type Polynomial } from '../../src/index.js';

const polynomial: Polynomial = {
  kind: 'polynomial',
  degree: 2,
  interactionOnly: false,
  columns: [{ name: 'a' }, { name: 'b' }],
};

describe('a polynomial', () => {
  it('appends products behind columns that it does not name', () => {
    const source = table([numericColumn('a', [2]), categoricalColumn('c', [0], ['x']), numericColumn('b', [-3])]);
    expect(transform(polynomial, source).columns).toEqual([
      ...source.columns,
      numericColumn('a^2', [4]),
      numericColumn('a*b', [-6]),
      numericColumn('b^2', [9]),
    ]);
  });

  it('keeps missing values missing', () => {
    const source = table([numericColumn('a', [Number.NaN]), numericColumn('b', [0])]);
    const values = transform(polynomial, source).columns.map((column) => column.kind === 'numeric' && column.values[0]);
    expect(values).toEqual([Number.NaN, 0, Number.NaN, Number.NaN, 0]);
  });

  it('refuses a categorical column, and a product that has the name of another column', () => {
    const category = table([numericColumn('a', [1]), categoricalColumn('b', [0], ['x'])]);
    expect(() => transform(polynomial, category)).toThrow('column "b" has another kind than in training');
    const twice = table([numericColumn('a', [1]), numericColumn('b', [1]), numericColumn('a*b', [1])]);
    expect(() => transform(polynomial, twice)).toThrow('"a*b"');
  });

  it.each([
    { width: 1, degree: 3 as const, interactionOnly: true },
    { width: 5, degree: 2 as const, interactionOnly: false },
    { width: 5, degree: 2 as const, interactionOnly: true },
    { width: 5, degree: 3 as const, interactionOnly: false },
    { width: 5, degree: 3 as const, interactionOnly: true },
  ])('knows beforehand how many columns it appends: %j', ({ width, ...options }) => {
    const columns = Array.from({ length: width }, (_, j) => numericColumn(`x${j}`, [1]));
    const names = columns.map(({ name }) => ({ name }));
    const appended =
      transform({ kind: 'polynomial', ...options, columns: names }, table(columns)).columns.length - width;
    expect(productCount({ ...options, columns: names })).toBe(appended);
  });
});
