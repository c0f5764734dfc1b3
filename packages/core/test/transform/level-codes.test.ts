import { describe, expect, it } from 'vitest';
import { categoricalColumn, nominalColumn, numericColumn, table, transform, type LevelCodes } from '../../src/index.js';

const encoding: LevelCodes = {
  kind: 'level-codes',
  unseen: 'ignore',
  columns: [{ name: 'school', levels: ['north', 'south', 'east'] }],
};

describe('level codes', () => {
  it('replace levels by their place in the learned list, whatever their codes', () => {
    const source = table([categoricalColumn('school', [0, 1, 2], ['east', 'north', 'south'])]);
    expect(transform(encoding, source).columns).toEqual([nominalColumn('school', [2, 0, 1], 3)]);
  });

  it('turn missing and unseen levels into missing numbers', () => {
    const source = table([categoricalColumn('school', [-1, 0, 1], ['west', 'east'])]);
    expect(transform(encoding, source).columns).toEqual([nominalColumn('school', [Number.NaN, Number.NaN, 2], 3)]);
  });

  it('refuse an unseen level where that is the policy', () => {
    const source = table([categoricalColumn('school', [1, 0], ['west', 'east'])]);
    expect(() => transform({ ...encoding, unseen: 'error' }, source)).toThrow(
      'column "school": level "west" did not occur in training',
    );
  });

  it('refuse a column of numbers', () => {
    expect(() => transform(encoding, table([numericColumn('school', [1])]))).toThrow(
      expect.objectContaining({ code: 'TRANSFORM_COLUMN_KIND' }),
    );
  });
});
