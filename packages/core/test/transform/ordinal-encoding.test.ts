import { describe, expect, it } from 'vitest';
import { categoricalColumn, numericColumn, table, transform, type OrdinalEncoding } from '../../src/index.js';

const encoding: OrdinalEncoding = {
  kind: 'ordinal-encoding',
  columns: [{ name: 'size', levels: ['small', 'medium', 'large'] }],
};

describe('ordinal encoding', () => {
  it('replaces levels by their rank, whatever their codes', () => {
    const source = table([categoricalColumn('size', [0, 1, 2], ['large', 'small', 'medium'])]);
    expect(transform(encoding, source).columns).toEqual([numericColumn('size', [2, 0, 1])]);
  });

  it('turns a missing level into a missing number', () => {
    const source = table([categoricalColumn('size', [-1, 0], ['small'])]);
    expect(transform(encoding, source).columns).toEqual([numericColumn('size', [Number.NaN, 0])]);
  });

  it('refuses a level without a rank', () => {
    const source = table([categoricalColumn('size', [0], ['huge'])]);
    expect(() => transform(encoding, source)).toThrow('column "size": level "huge" did not occur in training');
  });
});
