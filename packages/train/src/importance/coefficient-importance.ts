import { columnOf, standardDeviation, type ColumnImportance, type LinearModel, type Table } from '@scorecast/core';
import { byWeight } from './by-weight.js';

/**
 * What a linear model adds to its prediction when a column rises by one standard deviation (divisor n): the coefficient
 * times that, in the target's unit. So columns of different units can be compared. Where columns go together, as two exam
 * scores do, the weight may stand with either of them.
 *
 * @param encoded The training rows as the model saw them.
 * @returns All columns, the largest effect in either direction first.
 * @throws TABLE_NO_COLUMN
 * @example
 * const x = table([numericColumn('hours', [1, 3]), numericColumn('absences', [0, 20])]);
 * const model = { kind: 'linear', features: ['hours', 'absences'], coefficients: Float64Array.of(6, -1), intercept: 50 };
 * coefficientImportance(model, x).values; // => [{ name: 'absences', value: -10 }, { name: 'hours', value: 6 }]
 */
export function coefficientImportance(model: LinearModel, encoded: Table): ColumnImportance {
  const values = model.features.map((name, j) => {
    const column = columnOf(encoded, name);
    const spread = column.kind === 'numeric' ? standardDeviation(column.values) : 0;
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    return { name, value: model.coefficients[j] * spread + 0 };
  });
  return { kind: 'coefficients', values: byWeight(values, ({ value }) => Math.abs(value)) };
}
