import { readFileSync } from 'node:fs';
import { categoricalColumn, numericColumn, table, transform, type NumericColumn, type Table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import {
  fitImputation,
  fitMinMaxScaling,
  fitOneHot,
  fitOrdinalEncoding,
  fitPolynomial,
  fitStandardScaling,
  type NumericFill,
} from '../../src/index.js';

interface NumericCase {
  name: string;
  values: (number | null)[];
  fill: Record<'median' | 'mean' | 'most-frequent', number>;
  standard: { center: number; scale: number; values: (number | null)[] };
  minMax?: { values: (number | null)[] };
}

interface CategoricalCase {
  name: string;
  levels: string[];
  codes: (number | null)[];
  fill: string;
  oneHot: { levels: string[]; rows: number[][] };
  ranks: number[];
}

interface PolynomialCase {
  name: string;
  degree: 2 | 3;
  interactionOnly: boolean;
  columns: number[][];
  products: number[][];
}

const golden: { numeric: NumericCase[]; polynomial: PolynomialCase[]; categorical: CategoricalCase[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/transformers.json', import.meta.url), 'utf8'),
);

const strategies: readonly Extract<NumericFill, string>[] = ['median', 'mean', 'most-frequent'];

function scores(values: readonly (number | null)[]): Table {
  return table([
    numericColumn(
      'score',
      values.map((value) => value ?? Number.NaN),
    ),
  ]);
}

/** Relative to the larger of 1 and the expected size. */
function expectClose(found: Table, expected: readonly (number | null)[]): void {
  const [column] = found.columns.filter((candidate): candidate is NumericColumn => candidate.kind === 'numeric');
  expected.forEach((value, row) => {
    if (value === null) expect(column.values[row]).toBeNaN();
    else expect(Math.abs(column.values[row] - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
  });
}

describe.each(golden.numeric)('a numeric column ($name), against scikit-learn', ({ values, ...expected }) => {
  it.each(strategies)('is filled with the same %s', (numeric) => {
    const { fill } = fitImputation(scores(values), { numeric }).columns[0];
    expect(fill).toBeTypeOf('number');
    expect(Number(fill) / expected.fill[numeric]).toBeCloseTo(1, 12);
  });

  it('is standardised to the same values', () => {
    const scaling = fitStandardScaling(scores(values));
    expect(scaling.columns[0].scale / expected.standard.scale).toBeCloseTo(1, 12);
    expect(scaling.columns[0].center / expected.standard.center).toBeCloseTo(1, 12);
    expectClose(transform(scaling, scores(values)), expected.standard.values);
  });
});

describe('min-max scaling', () => {
  const cases = golden.numeric.flatMap(({ name, values, minMax }) =>
    minMax === undefined ? [] : [{ name, values, expected: minMax.values }],
  );

  it.each(cases)('brings a column ($name) to the same values as scikit-learn', ({ values, expected }) => {
    expectClose(transform(fitMinMaxScaling(scores(values)), scores(values)), expected);
  });
});

describe.each(golden.polynomial)(
  'products of degree $degree of $name (interactionOnly $interactionOnly), against scikit-learn',
  ({ columns, products, ...options }) => {
    it('are the same, in the same order, behind the columns themselves', () => {
      const source = table(columns.map((values, j) => numericColumn(`x${j}`, values)));
      const found = transform(fitPolynomial(source, options), source).columns;
      expect(found.slice(0, columns.length)).toEqual(source.columns);
      expect(found).toHaveLength(columns.length + products.length);
      products.forEach((expected, k) => {
        expectClose(table([found[columns.length + k]]), expected);
      });
    });
  },
);

describe('polynomial features', () => {
  const wide = (width: number) => table(Array.from({ length: width }, (_, j) => numericColumn(`x${j}`, [1, 2])));

  it('name their products by their factors', () => {
    const source = table([numericColumn('a', [2]), numericColumn('b', [3])]);
    const names = transform(fitPolynomial(source, { degree: 3 }), source).columns.map(({ name }) => name);
    expect(names).toEqual(['a', 'b', 'a^2', 'a*b', 'b^2', 'a^3', 'a^2*b', 'a*b^2', 'b^3']);
  });

  it('stop before they explode', () => {
    expect(fitPolynomial(wide(44)).columns).toHaveLength(44);
    expect(() => fitPolynomial(wide(45))).toThrow(
      '45 columns have 1035 products of degree 2 (expected at most 1000; choose a lower degree, interactionOnly or fewer features)',
    );
    expect(() => fitPolynomial(wide(20), { degree: 3 })).toThrow('20 columns have 1750 products of degree 3');
  });
});

describe.each(golden.categorical)(
  'a categorical column ($name), against scikit-learn',
  ({ levels, codes, ...expected }) => {
    const source = table([
      categoricalColumn(
        'level',
        codes.map((code) => code ?? -1),
        levels,
      ),
    ]);
    const imputation = fitImputation(source);
    const filled = transform(imputation, source);

    it('is filled with the same most frequent level', () => {
      expect(imputation.columns).toEqual([{ name: 'level', fill: expected.fill }]);
    });

    it('becomes the same 0/1 columns', () => {
      const encoding = fitOneHot(filled);
      expect(encoding.columns).toEqual([{ name: 'level', levels: expected.oneHot.levels }]);
      expect(transform(encoding, filled).columns).toEqual(
        expected.oneHot.levels.map((level, j) =>
          numericColumn(
            `level=${level}`,
            expected.oneHot.rows.map((row) => row[j]),
          ),
        ),
      );
    });

    it('becomes the same ranks', () => {
      expect(transform(fitOrdinalEncoding(filled), filled).columns).toEqual([numericColumn('level', expected.ranks)]);
    });
  },
);

describe('fitted transformers', () => {
  const source = table([
    numericColumn('reading', [1, 3]),
    numericColumn('writing', [2, 6]),
    categoricalColumn('lunch', [0, 1], ['standard', 'free']),
    categoricalColumn('course', [0, 0], ['none', 'completed']),
  ]);

  it('learn from the columns of their kind unless some are named', () => {
    const names = (fitted: { columns: readonly { name: string }[] }) => fitted.columns.map((column) => column.name);
    expect(names(fitImputation(source))).toEqual(['reading', 'writing', 'lunch', 'course']);
    expect(names(fitImputation(source, { columns: ['lunch'] }))).toEqual(['lunch']);
    expect(names(fitStandardScaling(source))).toEqual(['reading', 'writing']);
    expect(names(fitStandardScaling(source, ['writing']))).toEqual(['writing']);
    expect(names(fitMinMaxScaling(source, ['writing']))).toEqual(['writing']);
    expect(names(fitOneHot(source))).toEqual(['lunch', 'course']);
    expect(names(fitOneHot(source, { columns: ['course'] }))).toEqual(['course']);
    expect(names(fitOrdinalEncoding(source, ['course']))).toEqual(['course']);
  });

  it('fill with constants', () => {
    const imputation = fitImputation(source, {
      numeric: { constant: -1 },
      categorical: { constant: 'none' },
      columns: ['reading', 'course'],
    });
    expect(imputation.columns).toEqual([
      { name: 'reading', fill: -1 },
      { name: 'course', fill: 'none' },
    ]);
  });

  it('refuse a constant that is no level of the column', () => {
    expect(() => fitImputation(source, { categorical: { constant: 'none' }, columns: ['lunch'] })).toThrow(
      'column "lunch": gaps cannot be filled with "none" (expected one of its levels: "standard", "free")',
    );
  });

  it.each([
    () => fitImputation(scores([null, null])),
    () => fitImputation(scores([])),
    () => fitStandardScaling(scores([null])),
    () => fitMinMaxScaling(scores([null])),
    () => fitOneHot(table([categoricalColumn('score', [-1, -1], ['high'])])),
    () => fitImputation(table([categoricalColumn('score', [-1, -1], ['high'])])),
  ])('refuse a column without any value: %o', (fit) => {
    expect(fit).toThrow('column "score" has no value in the training rows (expected at least one');
  });

  it('refuse a column of the other kind', () => {
    expect(() => fitStandardScaling(source, ['lunch'])).toThrow(
      'column "lunch" is categorical (expected a numeric column)',
    );
    expect(() => fitOneHot(source, { columns: ['reading'] })).toThrow(
      'column "reading" is numeric (expected a categorical column)',
    );
  });
});
