import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn, table, transform, type Scaling } from '../../src/index.js';

const scaling: Scaling = { kind: 'scaling', columns: [{ name: 'score', center: 10, scale: 4 }] };

describe('scaling', () => {
  it('shifts by the center and divides by the scale', () => {
    const source = table([numericColumn('score', [10, 14, 8]), numericColumn('other', [1, 2, 3])]);
    expect(transform(scaling, source).columns).toEqual([
      numericColumn('score', [0, 1, -0.5]),
      numericColumn('other', [1, 2, 3]),
    ]);
  });

  it('keeps missing values missing', () => {
    const scaled = transform(scaling, table([numericColumn('score', [Number.NaN])]));
    expect(scaled.columns).toEqual([numericColumn('score', [Number.NaN])]);
  });

  it('refuses a categorical column', () => {
    const source = table([categoricalColumn('score', [0], ['high'])]);
    expect(() => transform(scaling, source)).toThrow('(expected numeric)');
  });
});
