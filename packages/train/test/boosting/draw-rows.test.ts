import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawWithoutReplacement, weightedDraw } from '../../src/boosting/draw-rows.js';
import { keyedRandom } from '../../src/index.js';

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe('draws without replacement', () => {
  it('draw exactly so many rows, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (rows, some, seed) => {
        const count = 1 + (some % rows);
        const drawn = new Float64Array(rows).fill(7);
        drawWithoutReplacement(count, keyedRandom(seed), drawn);
        expect(sum(drawn)).toBe(count);
        expect(drawn.every((times) => times === 0 || times === 1)).toBe(true);
      }),
    );
  });

  it('draw every set of rows equally often', () => {
    const draws = 20000;
    const times = new Map<string, number>();
    const drawn = new Float64Array(5);
    for (let i = 0; i < draws; i++) {
      drawWithoutReplacement(2, keyedRandom(7).at(i), drawn);
      times.set(drawn.join(''), (times.get(drawn.join('')) ?? 0) + 1);
    }
    expect(times.size).toBe(10);
    // Five standard deviations of a binomial count.
    const most = 5 * Math.sqrt(draws * 0.1 * 0.9);
    for (const count of times.values()) expect(Math.abs(count - draws / 10)).toBeLessThan(most);
  });
});

describe('draws by weight', () => {
  it('take for each random share the first row at which the weights exceed it', () => {
    const weight = fc.oneof(fc.constantFrom(0, 1e-300, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 60 }), fc.nat(), (list, seed) => {
        const weights = Float64Array.from(list);
        const random = keyedRandom(seed);
        const expected = new Float64Array(list.length);
        const total = sum(weights);
        for (let i = 0; i < list.length; i++) {
          let reached = 0;
          const row = weights.findIndex((one) => (reached += one) > random.double(i) * total);
          expected[row < 0 ? list.length - 1 : row]++;
        }
        const counts = new Float64Array(list.length).fill(7);
        weightedDraw(list.length)(weights, random, counts);
        expect(counts).toEqual(expected);
      }),
    );
  });
});
