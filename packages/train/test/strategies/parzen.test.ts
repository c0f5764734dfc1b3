import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedRandom } from '../../src/index.js';
import { normalCdf } from '../../src/strategies/normal-cdf.js';
import { numberLine } from '../../src/strategies/number-line.js';
import { categoricalParzen, numericParzen } from '../../src/strategies/parzen.js';

const line = numberLine({ kind: 'uniform', min: 0, max: 10 });
const positions = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 60 });

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [5, 0.9999997133484281],
    [-9, 0],
    [9, 1],
  ])('of %d is %d', (x, probability) => {
    expect(normalCdf(x)).toBeCloseTo(probability, 14);
  });
});

describe('numericParzen', () => {
  it('is a density on its line', () => {
    fc.assert(
      fc.property(positions, (observed) => {
        const { logDensity } = numericParzen(line, observed);
        let sum = 0;
        for (let i = 0; i < 4000; i++) sum += Math.exp(logDensity((i + 0.5) / 400)) / 400;
        expect(sum).toBeCloseTo(1, 3);
      }),
      { numRuns: 30 },
    );
  });

  it('gives whole numbers probabilities that add up to one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), (observed) => {
        const { logDensity } = numericParzen(numberLine({ kind: 'integer', min: 1, max: 9 }), observed);
        const sum = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((total, at) => total + Math.exp(logDensity(at)), 0);
        expect(sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 50 },
    );
  });

  it('draws on its line, and mostly near what was observed', () => {
    const { draw } = numericParzen(line, [2, 2.1, 2.2, 1.9, 2, 2.1]);
    const drawn = Array.from({ length: 400 }, (_, i) => draw(keyedRandom(1).at(i)));
    expect(drawn.every((at) => at >= 0 && at <= 10)).toBe(true);
    expect(drawn.filter((at) => at < 5).length).toBeGreaterThan(300);
  });
});

describe('categoricalParzen', () => {
  it('gives categories probabilities that add up to one, the observed ones more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 }), (observed) => {
        const { logDensity } = categoricalParzen(4, observed);
        const shares = [0, 1, 2, 3].map((at) => Math.exp(logDensity(at)));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        for (const seen of observed) expect(shares[seen]).toBeGreaterThan(shares[3]);
      }),
    );
  });
});
