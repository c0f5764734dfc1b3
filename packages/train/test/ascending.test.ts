import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending } from '../src/ascending.js';

const value = fc.oneof(
  fc.double(),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 5e-324, -5e-324),
);

/** The values again and again, each time a little larger in size: enough to be sorted by digits. */
function many(values: readonly number[]): Float64Array {
  return Float64Array.from({ length: 2500 }, (_, i) => values[i % values.length] * (1 + Math.floor(i / 100) / 64));
}

describe('ascending', () => {
  it('sorts few and many values as the built-in sort, without NaN and with one zero', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        for (const given of [Float64Array.from(values), many(values)]) {
          const expected = given.filter((each) => !Number.isNaN(each)).map((each) => each + 0);
          expect(ascending(given)).toEqual(expected.sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the given values as they are', () => {
    const given = many([3, 1, 2]);
    const copy = Float64Array.from(given);
    ascending(given);
    expect(given).toEqual(copy);
  });
});
