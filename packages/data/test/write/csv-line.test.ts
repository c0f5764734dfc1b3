import fc from 'fast-check';
import { defineSchema } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { csvLine, scanFile } from '../../src/index.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

const schema = defineSchema({
  name: 'round-trip',
  identifiers: [{ name: 'a' }, { name: 'b' }],
  features: [{ kind: 'numeric', name: 'n', optional: true }],
  target: { name: 'unused' },
});

describe('a line of CSV', () => {
  it('has empty cells for what is missing and quotes for an empty text', () => {
    expect(csvLine([null, Number.NaN, '', 'x'])).toBe(',,"",x\n');
  });

  it('quotes only where it must', () => {
    expect(csvLine(['a b', 'a,b', 'a"b', 'a\nb', 'a\rb', "it's"])).toBe('a b,"a,b","a""b","a\nb","a\rb",it\'s\n');
  });

  it('writes numbers so that they read back as the same doubles', () => {
    expect(csvLine([0.1 + 0.2, 1e21, -0, 5e-324])).toBe('0.30000000000000004,1e+21,0,5e-324\n');
  });

  it('does not alter what a spreadsheet would take for a formula', () => {
    expect(csvLine(['=1+1', '@x', '+1', '-1'])).toBe('=1+1,@x,+1,-1\n');
  });

  it('reads back as the same values', async () => {
    const text = fc.option(
      fc.oneof(
        fc.string({
          unit: fc.constantFrom('a', ',', ';', '"', ' ', '\n', '\r', '\t', '\\', '=', '#', 'é', '😀'),
          maxLength: 6,
        }),
        fc.string({ unit: 'grapheme', maxLength: 6 }).filter((value) => !value.includes('\0')),
      ),
    );
    const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, number), { minLength: 1, maxLength: 10 }), async (rows) => {
        const path = await files.write('trip.csv', [['a', 'b', 'n'], ...rows].map(csvLine).join(''));
        const read: unknown[] = [];
        for await (const { features, identifiers, problems } of scanFile(path, schema)) {
          expect(problems).toEqual([]);
          const [n] = features.columns;
          identifiers[0].values.forEach((a, i) => {
            const value = n.kind === 'numeric' ? n.values[i] : Number.NaN;
            read.push([a, identifiers[1].values[i], Number.isNaN(value) ? null : value]);
          });
        }
        expect(read).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });
});
