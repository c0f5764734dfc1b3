import { mersenneTwister } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { covariance, setCovariance } from '../../src/sample/set-covariance.js';

describe('covariance', () => {
  it('is the sample covariance, divisor n - 1', () => {
    const columns = [Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 9)];
    expect(covariance(columns)).toEqual([
      [1, 3.5],
      [3.5, 13],
    ]);
  });
});

describe('setCovariance', () => {
  it('gives columns the wanted covariances', () => {
    const random = mersenneTwister(3);
    const columns = [0, 1, 2].map(() => Float64Array.from({ length: 50 }, () => random.normal()));
    const wanted = [
      [4, 2, -1],
      [2, 9, 0.5],
      [-1, 0.5, 1],
    ];
    setCovariance(columns, wanted);
    covariance(columns).forEach((row, a) => row.forEach((value, b) => expect(value).toBeCloseTo(wanted[a][b], 12)));
  });

  it('only stretches the first column', () => {
    const columns = [Float64Array.of(-1, 0, 1), Float64Array.of(1, -2, 1)];
    setCovariance(columns, [
      [4, 0],
      [0, 1],
    ]);
    expect([...columns[0]]).toEqual([-2, 0, 2]);
  });
});
