import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectRank } from '../../src/stats/select-rank.js';

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }).map((each) => each + 0),
);
const values = fc.array(value, { minLength: 1, maxLength: 80 }).map((all) => Float64Array.from(all));

describe('selectRank', () => {
  it('finds what sorting would bring to the index', () => {
    fc.assert(
      fc.property(values, fc.nat(), (given, at) => {
        const rank = at % given.length;
        expect(selectRank(given.slice(), rank)).toBe(given.slice().sort()[rank]);
      }),
    );
  });

  it('leaves no larger value before the index and no smaller one after it', () => {
    fc.assert(
      fc.property(values, fc.nat(), (given, at) => {
        const rank = at % given.length;
        const found = selectRank(given, rank);
        expect(given.subarray(0, rank).every((before) => before <= found)).toBe(true);
        expect(given.subarray(rank).every((after) => after >= found)).toBe(true);
      }),
    );
  });

  it('finds the middle of many values in any order', () => {
    const size = 4001;
    const ascending = Float64Array.from({ length: size }, (_, i) => i);
    const organPipes = ascending.map((i) => Math.min(i, size - 1 - i));
    const sawtooth = ascending.map((i) => i % 7);
    for (const given of [ascending, ascending.toReversed(), organPipes, sawtooth]) {
      expect(selectRank(given.slice(), 2000)).toBe(given.slice().sort()[2000]);
    }
  });
});
