import { numericColumn, predict, table, type LinearModel } from '@scorecast/core';
import { expect, it } from 'vitest';
import { coefficientImportance } from '../../src/index.js';

const model: LinearModel = {
  kind: 'linear',
  features: ['hours', 'absences'],
  coefficients: Float64Array.of(4, -0.5),
  intercept: 50,
};
const encoded = table([numericColumn('hours', [1, 3]), numericColumn('absences', [0, 40])]);

it('says what one standard deviation more of a column adds to the prediction', () => {
  const { kind, values } = coefficientImportance(model, encoded);
  expect({ kind, values }).toEqual({
    kind: 'coefficients',
    values: [
      { name: 'absences', value: -10 },
      { name: 'hours', value: 4 },
    ],
  });
  const moved = table([numericColumn('hours', [1]), numericColumn('absences', [20])]);
  const before = table([numericColumn('hours', [1]), numericColumn('absences', [0])]);
  expect(predict(model, moved)[0] - predict(model, before)[0]).toBe(-10);
});

it('does not depend on the unit of a column', () => {
  const inMinutes = table([numericColumn('hours', [60, 180]), numericColumn('absences', [0, 40])]);
  const rescaled = { ...model, coefficients: Float64Array.of(4 / 60, -0.5) };
  expect(coefficientImportance(rescaled, inMinutes).values[1].value).toBeCloseTo(4, 12);
});
