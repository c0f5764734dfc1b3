import { categoricalColumn, defineSchema, nominalColumn, numericColumn, table, transformAll } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { fitPreprocessing } from '../../src/index.js';

const schema = defineSchema({
  name: 'pupils',
  features: [
    { kind: 'numeric', name: 'reading' },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free', 'packed'] },
    { kind: 'ordinal', name: 'parents', levels: ['school', 'college'] },
    { kind: 'numeric', name: 'absences', optional: true },
  ],
  target: { name: 'score' },
});

const complete = table([
  numericColumn('reading', [2, 4]),
  categoricalColumn('lunch', [0, 1], ['standard', 'free', 'packed']),
  categoricalColumn('parents', [1, 0], ['school', 'college']),
  numericColumn('absences', [0, 8]),
]);

const withGaps = table([
  numericColumn('reading', [2, Number.NaN, 4]),
  categoricalColumn('lunch', [0, 1, -1], ['standard', 'free', 'packed']),
  categoricalColumn('parents', [1, 0, 0], ['school', 'college']),
  numericColumn('absences', [0, 8, 1]),
]);

describe('fitPreprocessing', () => {
  it('fills, scales and encodes, in this order', () => {
    expect(fitPreprocessing(complete, schema)).toEqual([
      { kind: 'imputation', columns: [{ name: 'absences', fill: 4 }] },
      {
        kind: 'scaling',
        columns: [
          { name: 'reading', center: 3, scale: 1 },
          { name: 'absences', center: 4, scale: 4 },
        ],
      },
      {
        kind: 'one-hot',
        unseen: 'ignore',
        columns: [
          { name: 'lunch', levels: ['standard', 'free'] },
          { name: 'parents', levels: ['school', 'college'] },
        ],
      },
    ]);
  });

  it('multiplies scaled numbers where that is asked for', () => {
    const polynomial = { degree: 2, interactionOnly: true } as const;
    const steps = fitPreprocessing(complete, schema, { polynomial });
    expect(steps.map((step) => step.kind)).toEqual(['imputation', 'scaling', 'polynomial', 'one-hot']);
    const product = transformAll(steps, complete).columns.at(-1);
    expect(product).toEqual(numericColumn('reading*absences', [-1 * -1, 1 * 1]));
  });

  it('fills the features that are optional and those that have gaps', () => {
    expect(fitPreprocessing(withGaps, schema)[0]).toEqual({
      kind: 'imputation',
      columns: [
        { name: 'reading', fill: 3 },
        { name: 'lunch', fill: 'free' },
        { name: 'absences', fill: 1 },
      ],
    });
  });

  it('learns the scale from the filled column', () => {
    const [, scaling] = fitPreprocessing(withGaps, schema, { numericFill: { constant: 9 } });
    expect(scaling).toMatchObject({ columns: [{ name: 'reading', center: 5 }, { name: 'absences' }] });
  });

  it('encodes ordinal features by rank where that is chosen', () => {
    const [, , ordinal, oneHot] = fitPreprocessing(complete, schema, { ordinal: 'rank' });
    expect(ordinal).toEqual({
      kind: 'ordinal-encoding',
      columns: [{ name: 'parents', levels: ['school', 'college'] }],
    });
    expect(oneHot).toMatchObject({ kind: 'one-hot', columns: [{ name: 'lunch' }] });
  });

  it('keeps nominal features whole where that is chosen, and encodes ordinal ones as before', () => {
    const steps = fitPreprocessing(complete, schema, { nominal: 'native' });
    expect(steps.slice(2)).toEqual([
      { kind: 'level-codes', unseen: 'ignore', columns: [{ name: 'lunch', levels: ['standard', 'free'] }] },
      { kind: 'one-hot', unseen: 'ignore', columns: [{ name: 'parents', levels: ['school', 'college'] }] },
    ]);
    expect(transformAll(steps, complete).columns[1]).toEqual(nominalColumn('lunch', [0, 1], 2));
  });

  it('scales to the range from 0 to 1 where that is chosen', () => {
    const [, scaling] = fitPreprocessing(complete, schema, { scaling: 'min-max' });
    expect(scaling).toMatchObject({
      columns: [
        { center: 2, scale: 2 },
        { center: 0, scale: 8 },
      ],
    });
  });

  it('leaves out what has nothing to do', () => {
    const kinds = fitPreprocessing(complete, schema, { scaling: 'none' }).map((step) => step.kind);
    expect(kinds).toEqual(['imputation', 'one-hot']);
  });

  it('carries the policy for unseen levels', () => {
    const steps = fitPreprocessing(complete, schema, { unseen: 'error' });
    const packed = table([
      numericColumn('reading', [1]),
      categoricalColumn('lunch', [2], ['standard', 'free', 'packed']),
      categoricalColumn('parents', [0], ['school', 'college']),
      numericColumn('absences', [0]),
    ]);
    expect(() => transformAll(steps, packed)).toThrow('column "lunch": level "packed" did not occur in training');
  });

  it('leaves only numbers and no gap', () => {
    const ready = transformAll(fitPreprocessing(withGaps, schema), withGaps);
    expect(ready.columns.map((column) => column.name)).toEqual([
      'reading',
      'lunch=standard',
      'lunch=free',
      'parents=school',
      'parents=college',
      'absences',
    ]);
    for (const column of ready.columns) {
      expect(column.kind === 'numeric' && column.values.every((value) => Number.isFinite(value))).toBe(true);
    }
  });
});
