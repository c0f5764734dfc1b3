import { mean, mersenneTwister } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { raked } from '../../src/sample/raked.js';

describe('raked', () => {
  it('gives every group of one grouping its mean and keeps the differences inside', () => {
    const shifted = raked(Float64Array.of(1, 3, 10, 20), [{ codes: Int32Array.of(0, 0, 1, 1), means: [5, 0] }]);
    expect([...shifted]).toEqual([4, 6, -5, 5]);
  });

  it('gives the groups of crossed groupings their means at the same time', () => {
    const random = mersenneTwister(1);
    const normals = () => Float64Array.from({ length: 1000 }, () => random.normal());
    const crossed = [2, 5].map((groups) => Int32Array.from({ length: 1000 }, () => random.boundedInt(groups - 1)));
    const [values, wanted] = [normals(), normals()];

    const groupings = crossed.map((codes) => ({ codes, means: groupMeans(wanted, codes) }));
    const shifted = raked(values, groupings);

    for (const { codes, means } of groupings) {
      groupMeans(shifted, codes).forEach((found, group) => expect(found).toBeCloseTo(means[group], 9));
    }
  });

  it('leaves its input as it was', () => {
    const values = Float64Array.of(1, 2);
    raked(values, [{ codes: Int32Array.of(0, 1), means: [5, 5] }]);
    expect([...values]).toEqual([1, 2]);
  });
});

function groupMeans(values: Float64Array, codes: Int32Array): readonly number[] {
  const groups = Math.max(...codes) + 1;
  return Array.from({ length: groups }, (_, group) => mean(values.filter((_value, i) => codes[i] === group)));
}
