import { numericColumn, table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { keyedRandom, kNeighbors } from '../../src/index.js';

const x = table([numericColumn('hours', [1, 2, 3]), numericColumn('sleep', [7, 8, 9])]);
const y = Float64Array.of(10, 20, 30);
const context = { random: keyedRandom(42) };

describe('k-neighbours', () => {
  it('keeps the training rows, one after another', () => {
    expect(kNeighbors({ nNeighbors: 2, weights: 'distance', p: 1 }).fit(x, y, context)).toEqual({
      kind: 'neighbours',
      features: ['hours', 'sleep'],
      k: 2,
      weights: 'distance',
      p: 1,
      rows: Float64Array.of(1, 7, 2, 8, 3, 9),
      targets: y,
    });
  });

  it('refuses to learn from fewer rows than it has to ask', () => {
    expect(() => kNeighbors().fit(x, y, context)).toThrow(
      'k-neighbors: nNeighbors 5 needs at least 5 rows (found 3; choose a smaller nNeighbors)',
    );
  });
});
