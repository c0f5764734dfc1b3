import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestName, fieldIndex } from '../../src/index.js';

describe('closestName', () => {
  const known = ['reading_score', 'writing_score', 'lunch'];

  it.each([
    ['reading_scor', 'reading_score'],
    ['Reading_Score', 'reading_score'],
    ['writting_score', 'writing_score'],
    ['lnuch', undefined],
    ['lunhc', undefined],
    ['lunc', 'lunch'],
    ['gender', undefined],
    ['', undefined],
  ])('takes %j for %j', (wrong, meant) => {
    expect(closestName(wrong, known)).toBe(meant);
  });

  it('answers a known name with itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 10 }), {
          minLength: 1,
          selector: (name) => name.toLowerCase(),
        }),
        (names) => {
          for (const name of names) expect(closestName(name, names)).toBe(name);
        },
      ),
    );
  });

  it('is not slowed down by names of any length', () => {
    expect(closestName('x'.repeat(1_000_000), ['y'.repeat(1_000_000)])).toBeUndefined();
  });
});

describe('fieldIndex', () => {
  it('finds a field under each of its names, also those that objects have by nature', () => {
    const index = fieldIndex([
      { name: 'constructor', aliases: ['toString'] },
      { name: 'hours', aliases: [] },
    ]);
    expect([...index]).toEqual([
      ['constructor', 0],
      ['toString', 0],
      ['hours', 1],
    ]);
    expect(index.get('valueOf')).toBeUndefined();
  });
});
