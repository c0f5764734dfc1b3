import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner } from '../../src/survey/csv-scanner.js';

type Record = readonly [text: string, cells: number, malformedCell: number];

/** What the scanner finds in a text that comes in pieces which end at these places. */
function scan(text: string, cuts: readonly number[] = []): readonly Record[] {
  const bytes = Buffer.from(text);
  const found: Record[] = [];
  const scanner = new CsvScanner(','.charCodeAt(0), (start, end, cells, malformedCell) => {
    found.push([bytes.subarray(start, end).toString(), cells, malformedCell]);
  });
  const ends = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b);
  [...ends, bytes.length].forEach((end, i) => scanner.scan(bytes.subarray(ends[i - 1] ?? 0, end)));
  scanner.end();
  return found;
}

describe('the CSV scanner', () => {
  it.each<[string, string, readonly Record[]]>([
    [
      'counts cells',
      'a,b\nc\n',
      [
        ['a,b', 2, 0],
        ['c', 1, 0],
      ],
    ],
    ['sees an empty last cell', 'a,\n', [['a,', 2, 0]]],
    ['passes over separators and line ends in quotes', '"a,\n",b\n', [['"a,\n",b', 2, 0]]],
    ['takes doubled quotes for text', '"a""b",c\n', [['"a""b",c', 2, 0]]],
    ['takes quotes inside unquoted text for text', 'a"b,c"\n', [['a"b,c"', 2, 0]]],
    ['marks text behind a closing quote', 'x,"a"b,c\n', [['x,"a"b,c', 3, 2]]],
    ['marks a blank before a quote', 'x, "a"\n', [['x, "a"', 2, 2]]],
    ['marks a blank behind a quote', '"a" ,x\n', [['"a" ,x', 2, 1]]],
    [
      'shows blank lines',
      '\n\r\na\n',
      [
        ['', 1, 0],
        ['', 1, 0],
        ['a', 1, 0],
      ],
    ],
    [
      'ends rows at any line end',
      'a\rb\r\nc\nd',
      [
        ['a', 1, 0],
        ['b', 1, 0],
        ['c', 1, 0],
        ['d', 1, 0],
      ],
    ],
    ['needs no line end at the end', 'a,', [['a,', 2, 0]]],
  ])('%s', (_, text, records) => {
    expect(scan(text)).toEqual(records);
  });

  it('finds the same however the text is cut into pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r', '\r\n'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 6 }), (whole, cuts) => {
        expect(scan(whole, cuts)).toEqual(scan(whole));
      }),
      { numRuns: 500 },
    );
  });
});
