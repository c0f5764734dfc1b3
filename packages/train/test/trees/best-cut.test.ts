import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionTree, keyedRandom } from '../../src/index.js';
import { columns } from './tree-rows.js';

const { NaN: gap } = Number;

interface Cut {
  feature: number;
  threshold: number;
  missingLeft: boolean;
}

interface Rows {
  values: readonly (readonly number[])[];
  targets: readonly number[];
}

function goesLeft({ threshold, missingLeft }: Cut, value: number): boolean {
  return Number.isNaN(value) ? missingLeft : value <= threshold;
}

/** The sum of squared distances from the two means: what the best cut makes smallest. */
function squaredError({ values, targets }: Rows, cut: Cut): number {
  const error = (side: readonly number[]) => {
    const mean = side.reduce((a, b) => a + b, 0) / side.length;
    return side.reduce((sum, target) => sum + (target - mean) ** 2, 0);
  };
  const left = targets.filter((_, row) => goesLeft(cut, values[cut.feature][row]));
  const right = targets.filter((_, row) => !goesLeft(cut, values[cut.feature][row]));
  return left.length === 0 || right.length === 0 ? Infinity : error(left) + error(right);
}

/** Every cut that there is: between neighbouring values, and of all values from none, missing values on either side. */
function everyCut({ values }: Rows): readonly Cut[] {
  return values.flatMap((column, feature) => {
    const present = [...new Set(column.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
    const thresholds = present.map((value, i) =>
      i + 1 < present.length ? (value + present[i + 1]) / 2 : Number.MAX_VALUE,
    );
    return [false, true].flatMap((missingLeft) => thresholds.map((threshold) => ({ feature, threshold, missingLeft })));
  });
}

function rootCut({ values, targets }: Rows): Cut | undefined {
  const stump = decisionTree({ maxDepth: 1 });
  const [tree] = stump.fit(columns(...values), Float64Array.from(targets), { random: keyedRandom(1) }).trees;
  if (tree.feature[0] < 0) return undefined;
  return { feature: tree.feature[0], threshold: tree.threshold[0], missingLeft: tree.missingLeft[0] === 1 };
}

const anyRows = fc
  .record({ rows: fc.integer({ min: 2, max: 12 }), width: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, width }) => {
    const cell = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 1, arbitrary: fc.constant(gap) },
    );
    return fc.record<Rows>({
      values: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: width, maxLength: width }),
      targets: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: rows, maxLength: rows }),
    });
  });

describe('the cut of a node', () => {
  it('leaves no more squared error than any other cut', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const errors = everyCut(rows).map((cut) => squaredError(rows, cut));
        const found = rootCut(rows);
        if (found === undefined) {
          expect(new Set(rows.targets).size === 1 || Math.min(...errors) === Infinity).toBe(true);
        } else {
          expect(squaredError(rows, found)).toBeCloseTo(Math.min(...errors), 9);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is of the first of equally good columns, whether of two values or more', () => {
    const two = [0, 0, 1, 1];
    const more = [1, 2, 8, 9];
    const targets = [5, 5, 7, 7];
    expect(rootCut({ values: [two, more, two], targets })).toMatchObject({ feature: 0, threshold: 0.5 });
    expect(rootCut({ values: [more, two, two], targets })).toMatchObject({ feature: 0, threshold: 5 });
  });

  it('is the lowest of equally good thresholds', () => {
    expect(rootCut({ values: [[1, 2, 3]], targets: [1, 0, 1] })).toMatchObject({ threshold: 1.5 });
  });

  it('is half-way between two values', () => {
    expect(rootCut({ values: [[1, 4, 4]], targets: [1, 0, 0] })).toMatchObject({ threshold: 2.5 });
  });

  it('does not tell values apart that differ by no more than 1e-7', () => {
    expect(rootCut({ values: [[1, 1 + 1e-7]], targets: [1, 0] })).toBeUndefined();
    expect(rootCut({ values: [[1, 1 + 1e-7, 2]], targets: [1, 0, 0] })?.threshold).toBeCloseTo(1.5, 6);
  });

  it('is made even where it gains nothing yet, as for "one or the other"', () => {
    expect(
      rootCut({
        values: [
          [0, 0, 1, 1],
          [0, 1, 0, 1],
        ],
        targets: [0, 1, 1, 0],
      }),
    ).toMatchObject({ feature: 0 });
  });

  it('sends missing values where they fit', () => {
    expect(rootCut({ values: [[1, 2, 8, gap]], targets: [5, 5, 9, 5] })).toEqual({
      feature: 0,
      threshold: 5,
      missingLeft: true,
    });
    expect(rootCut({ values: [[1, 2, 8, gap]], targets: [5, 5, 9, 9] })).toEqual({
      feature: 0,
      threshold: 5,
      missingLeft: false,
    });
  });

  it('may part all values from none', () => {
    const cut = { feature: 0, threshold: Number.MAX_VALUE, missingLeft: false };
    expect(rootCut({ values: [[1, gap, 8, gap]], targets: [5, 9, 5, 9] })).toEqual(cut);
  });

  it('sends missing values with more rows where none was seen', () => {
    expect(rootCut({ values: [[1, 2, 8]], targets: [5, 5, 9] })).toMatchObject({ missingLeft: true });
    expect(rootCut({ values: [[1, 7, 8]], targets: [5, 9, 9] })).toMatchObject({ missingLeft: false });
  });
});
