import { describe, expect, it } from 'vitest';
import { keyedRandom, type KeyedRandom } from '../src/index.js';

const indices = Array.from({ length: 20_000 }, (_, i) => i);

/** Pearson's chi-square of counts that should be equal; about as large as their number when they are. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function countDraws(bound: number, draw: (index: number) => number): readonly number[] {
  const counts = new Array<number>(bound).fill(0);
  for (const index of indices) counts[draw(index)]++;
  return counts;
}

describe('keyed randomness', () => {
  const random = keyedRandom(42);

  it('stays the same between releases, since bundles are trained again from their seed', () => {
    expect([random.double(0), random.at(3).double(1), random.at(3).at(0).below(1000, 7)]).toEqual([
      0.30001622322015464, 0.28026661672629416, 516,
    ]);
  });

  it('draws the same wherever and whenever it is asked', () => {
    const early = random.at(5).at(2).below(100, 3);
    for (let i = 0; i < 10; i++) random.at(5).double(i);
    expect(keyedRandom(42).at(5).at(2).below(100, 3)).toBe(early);
  });

  it.each<[string, (index: number) => number]>([
    ['indices', (index) => random.below(100, index)],
    ['keys', (index) => random.at(index).below(100, 0)],
    ['seeds', (index) => keyedRandom(index).below(100, 0)],
    [
      'keys of keys',
      (index) =>
        random
          .at(index >> 7)
          .at(index & 127)
          .below(100, 0),
    ],
  ])('is even over %s', (_, draw) => {
    // 99 degrees of freedom: 60 to 150 holds but for one seed in a thousand.
    const found = chiSquare(countDraws(100, draw));
    expect(found).toBeGreaterThan(60);
    expect(found).toBeLessThan(150);
  });

  it.each<[string, (source: KeyedRandom, index: number) => number]>([
    ['neighbouring indices', (source, index) => 10 * source.below(10, index) + source.below(10, index + 1)],
    ['neighbouring keys', (source, index) => 10 * source.at(1).below(10, index) + source.at(2).below(10, index)],
    [
      'a key and its own keys',
      (source, index) => 10 * source.at(1).below(10, index) + source.at(1).at(0).below(10, index),
    ],
  ])('has nothing in common between %s', (_, draw) => {
    const found = chiSquare(countDraws(100, (index) => draw(random, index)));
    expect(found).toBeGreaterThan(60);
    expect(found).toBeLessThan(150);
  });
});
