import { describe, expect, it } from 'vitest';
import { detectSeparator, headerExtent, headerNames } from '../../src/survey/csv-header.js';

describe('the header of a CSV file', () => {
  it.each([
    ['a,b\nc', 3],
    ['\r\n\na;b\r\n', 6],
    ['"a\nb",c\n', 7],
    ['"a""\nb",c\n', 9],
    ['5" pipe,x\n', 9],
    ['a""b,x\n', 6],
    ['a,b', -1],
    ['\n\n', -1],
  ])('of %j ends at %d', (text, end) => {
    expect(headerExtent(Buffer.from(text), undefined)).toEqual({ end, inQuotes: false });
  });

  it('goes on while a quote is open', () => {
    expect(headerExtent(Buffer.from('a,"b\n'), undefined)).toEqual({ end: -1, inQuotes: true });
    expect(headerExtent(Buffer.from('a:"b\n'), ':')).toEqual({ end: -1, inQuotes: true });
  });

  it.each([
    ['a,b c,', ['a', 'b c', '']],
    ['"a,b","say ""hi""",""', ['a,b', 'say "hi"', '']],
    ['5" pipe,x', ['5" pipe', 'x']],
  ])('%j has the names %j', (line, names) => {
    expect(headerNames(line, ',')).toEqual(names);
  });

  it('is parted where most of its names are known, then where most names come of it', () => {
    expect(detectSeparator('a;b,c,d,e', new Set(['b,c,d,e']))).toBe(';');
    expect(detectSeparator('a;b;c,d', new Set())).toBe(';');
    expect(detectSeparator('"a,b,c"\td', new Set())).toBe('\t');
    expect(detectSeparator('alone', new Set(['alone']))).toBe(',');
  });
});
