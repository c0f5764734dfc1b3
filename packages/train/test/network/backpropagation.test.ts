import { mersenneTwister } from '@scorecast/core';
import { expect, it } from 'vitest';
import { backpropagation } from '../../src/network/backpropagation.js';
import { layersOf, weightCount } from '../../src/network/network-layout.js';

it('finds the slope of the loss along every weight and bias', () => {
  const random = mersenneTwister(3);
  const sizes = [3, 5, 4, 1];
  const numbers = Float64Array.from({ length: weightCount(sizes) }, () => random.normal());
  const gradient = new Float64Array(numbers.length);
  const network = backpropagation(layersOf(sizes, numbers), layersOf(sizes, gradient));
  const rows = Array.from({ length: 12 }, () => Float64Array.of(random.normal(), 0, random.normal()));
  for (const row of rows) network.learn(row, 2);
  const lossAt = (i: number, value: number) => {
    const moved = backpropagation(layersOf(sizes, numbers.with(i, value)), layersOf(sizes, gradient.slice()));
    return rows.reduce((sum, row) => sum + (moved.predict(row) - 2) ** 2 / 2, 0);
  };
  const step = 1e-5;
  gradient.forEach((slope, i) => {
    const measured = (lossAt(i, numbers[i] + step) - lossAt(i, numbers[i] - step)) / (2 * step);
    expect(slope).toBeCloseTo(measured, 6);
  });
  expect(gradient.filter((slope) => slope !== 0).length).toBeGreaterThan(numbers.length / 2);
});

it('adds the gradients of several rows', () => {
  const sizes = [1, 1];
  const gradient = new Float64Array(2);
  const network = backpropagation(layersOf(sizes, Float64Array.of(2, 1)), layersOf(sizes, gradient));
  expect(network.learn(Float64Array.of(3), 5)).toBe(2);
  expect(network.learn(Float64Array.of(-1), 1)).toBe(2);
  expect(gradient).toEqual(Float64Array.of(2 * 3 + -2 * -1, 2 - 2));
});
