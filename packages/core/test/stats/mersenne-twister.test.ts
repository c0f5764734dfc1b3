import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../src/index.js';

interface Stream {
  seed: number;
  uint32: Record<string, number>;
  doubles: number[];
  boundedInts: number[][];
  permutations: { n: number; rows?: number[]; sha256: string }[];
  mixed: unknown[];
}

const golden: { bounds: number[]; streams: Stream[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/random.json', import.meta.url), 'utf8'),
);

describe.each(golden.streams)('mersenneTwister($seed), against numpy', ({ seed, ...expected }) => {
  it('draws the same 32 bits, before and after its state is refilled', () => {
    const random = mersenneTwister(seed);
    const drawn = Array.from({ length: 1300 }, () => random.uint32());
    for (const [at, value] of Object.entries(expected.uint32)) expect(drawn[Number(at)], `draw ${at}`).toBe(value);
  });

  it('draws the same doubles, to the last bit', () => {
    const random = mersenneTwister(seed);
    expect(expected.doubles.map(() => random.double())).toEqual(expected.doubles);
  });

  it.each(golden.bounds.map((bound, i) => ({ bound, integers: expected.boundedInts[i] })))(
    'draws the same integers from 0 to $bound',
    ({ bound, integers }) => {
      const random = mersenneTwister(seed);
      expect(integers.map(() => random.boundedInt(bound))).toEqual(integers);
    },
  );

  it.each(expected.permutations)('permutes $n numbers in the same way', ({ n, rows, sha256 }) => {
    const order = mersenneTwister(seed).permutation(n);
    if (rows !== undefined) expect(Array.from(order)).toEqual(rows);
    expect(createHash('sha256').update(order).digest('hex')).toBe(sha256);
  });

  it('keeps in step with numpy through draws of different kinds', () => {
    const random = mersenneTwister(seed);
    const drawn = [
      random.double(),
      random.boundedInt(6),
      Array.from(random.permutation(5)),
      random.double(),
      random.boundedInt(0),
      random.double(),
    ];
    expect(drawn).toEqual(expected.mixed);
  });
});

describe('mersenneTwister', () => {
  it('draws all integers up to the largest of 32 bits', () => {
    expect(mersenneTwister(42).boundedInt(0xffffffff)).toBe(mersenneTwister(42).uint32());
  });

  it('makes normal deviates of mean 0 and standard deviation 1', () => {
    const random = mersenneTwister(42);
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(drawn.filter((x) => Math.abs(x) < 1).length / drawn.length).toBeCloseTo(0.6827, 1);
  });

  it('permutes every number exactly once, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 300 }), (seed, n) => {
        const order = mersenneTwister(seed).permutation(n);
        expect(Array.from(order.sort())).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { numRuns: 50 },
    );
  });

  it.each([-1, 0.5, 4294967296, Number.NaN])('refuses the seed %s', (seed) => {
    expect(() => mersenneTwister(seed)).toThrow(
      `seed ${seed} cannot be used (expected an integer from 0 to 4294967295)`,
    );
  });
});
