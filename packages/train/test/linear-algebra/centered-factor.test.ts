import { mersenneTwister } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { centeredFactor, type CenteredFactor } from '../../src/linear-algebra/centered-factor.js';

function drawn(seed: number, rows: number, width: number): Float64Array[] {
  const random = mersenneTwister(seed);
  return Array.from({ length: width }, () => Float64Array.from({ length: rows }, () => 50 + 20 * random.normal()));
}

/** The sum of products of two columns, from the factor. */
function product({ factor, width }: CenteredFactor, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += factor[i * width + a] * factor[i * width + b];
  return sum;
}

describe('centeredFactor', () => {
  // 1500 rows are three blocks.
  it.each([1, 2, 3, 511, 512, 513, 1500])('keeps all sums of products of %s centred rows', (rows) => {
    const all = drawn(1, rows, 5);
    const training = centeredFactor(all.slice(0, 4), all[4]);
    const means = all.map((values) => values.reduce((sum, value) => sum + value, 0) / rows);
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b < 5; b++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += (all[a][i] - means[a]) * (all[b][i] - means[b]);
        expect(Math.abs(product(training, a, b) - sum)).toBeLessThan(1e-9 * rows);
      }
    }
  });

  it('is zero below the diagonal', () => {
    const all = drawn(2, 700, 4);
    const { factor, width } = centeredFactor(all.slice(0, 3), all[3]);
    for (let i = 0; i < width; i++) for (let k = 0; k < i; k++) expect(factor[i * width + k]).toBe(0);
  });

  it('makes a column of one value exactly zero, though its sum is rounded', () => {
    const constant = new Float64Array(1000).fill(0.1);
    const { factor, width, means } = centeredFactor([constant], drawn(3, 1000, 1)[0]);
    expect(means[0]).toBe(0.1);
    expect(factor[0]).toBe(0);
    expect(factor[width]).toBe(0);
  });

  it('does not change the columns', () => {
    const [x, y] = drawn(4, 20, 2);
    const before = [x.slice(), y.slice()];
    centeredFactor([x], y);
    expect([x, y]).toEqual(before);
  });
});
