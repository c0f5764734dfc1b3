import { describe, expect, it } from 'vitest';
import { numericColumn, predict, table, type NetworkModel } from '../../src/index.js';

/** Two units that see `a + 2 b - 1` and `-a + 1`; twice the first less the second. */
const model: NetworkModel = {
  kind: 'network',
  features: ['a', 'b'],
  layers: [
    { weights: Float64Array.of(1, -1, 2, 0), biases: Float64Array.of(-1, 1) },
    { weights: Float64Array.of(2, -1), biases: Float64Array.of(0.5) },
  ],
  outputCenter: 60,
  outputScale: 10,
};

const at = (a: number, b: number, changes: Partial<NetworkModel> = {}) =>
  predict({ ...model, ...changes }, table([numericColumn('a', [a]), numericColumn('b', [b])]))[0];

describe('a network', () => {
  it('passes on what is above zero and brings the output to the unit of the target', () => {
    expect(at(3, 1)).toBe(60 + 10 * (0.5 + 2 * (3 + 2 - 1)));
    expect(at(-3, 1)).toBe(60 + 10 * (0.5 - (3 + 1)));
    expect(at(0, 1)).toBe(60 + 10 * (0.5 + 2 * (2 - 1) - 1));
  });

  it('is a linear model where it has one layer', () => {
    const layers = [{ weights: Float64Array.of(3, -2), biases: Float64Array.of(1) }];
    expect(at(4, 5, { layers, outputCenter: 0, outputScale: 1 })).toBe(1 + 3 * 4 - 2 * 5);
  });

  it('knows nothing about a row with a missing value', () => {
    expect(at(Number.NaN, 1)).toBeNaN();
    expect(at(1, Number.NaN)).toBeNaN();
  });
});
