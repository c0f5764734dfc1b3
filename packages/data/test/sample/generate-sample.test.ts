import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSample, sampleNames } from '../../src/sample/find-sample.js';
import { generateExams, generateSample, generateStudyHabits, sampleLines } from '../../src/sample/generate-sample.js';
import { readSample } from './read-sample.js';

const committed = (name: string) => readFileSync(new URL(`../../samples/${name}.csv`, import.meta.url), 'utf8');

describe.each(sampleNames)('the %s sample', (name) => {
  it('is committed byte for byte as generated', () => {
    expect(generateSample(name, { rows: 1000, seed: 42 })).toBe(committed(name));
  });

  it('has 1000 rows and seed 42 by default', () => {
    expect(generateSample(name)).toBe(committed(name));
  });

  it('is valid by its schema for any number of rows and any seed', () => {
    const { schema } = findSample(name);
    const options = { rows: fc.integer({ min: 1, max: 1500 }), seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }) };
    fc.assert(
      fc.property(fc.record(options), (drawn) => {
        const { features, target } = readSample(generateSample(name, drawn), schema);
        expect(features.rowCount).toBe(drawn.rows);
        expect(target.every((score) => score >= 0 && score <= 100 && Number.isInteger(score))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('begins a longer sample of the same seed with the shorter one', () => {
    expect(generateSample(name, { rows: 2500 }).startsWith(generateSample(name, { rows: 1200 }))).toBe(true);
  });

  it('differs between seeds', () => {
    expect(generateSample(name, { seed: 1 })).not.toBe(generateSample(name, { seed: 2 }));
  });

  it('goes on with other rows after the first thousand', () => {
    const rows = generateSample(name, { rows: 2000 }).split('\n');
    expect(rows.slice(1001, 1011)).not.toEqual(rows.slice(1, 11));
  });

  it('comes in pieces of whole lines, made when asked for', () => {
    const pieces = sampleLines(name, { rows: 1_000_000_000 });
    const first = [pieces.next().value, pieces.next().value, pieces.next().value];
    expect(first.join('')).toBe(generateSample(name, { rows: 2000 }));
    expect(first.every((piece: string) => piece.endsWith('\n'))).toBe(true);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses %d rows at once', (rows) => {
    expect(() => sampleLines(name, { rows })).toThrow(
      `a sample of ${rows} rows cannot be made (expected a whole number from 1)`,
    );
  });

  it('refuses a seed that is none at once', () => {
    expect(() => sampleLines(name, { seed: -1 })).toThrow('seed -1 cannot be used');
  });
});

describe('the samples by name', () => {
  it('has a function for each', () => {
    expect(generateExams({ rows: 3 })).toBe(generateSample('exams', { rows: 3 }));
    expect(generateStudyHabits({ rows: 3 })).toBe(generateSample('study-habits', { rows: 3 }));
  });

  it('says which name was meant', () => {
    expect(() => generateSample('exam')).toThrow(
      'there is no sample "exam" (expected exams or study-habits; did you mean "exams"?)',
    );
  });

  it('lists the names where none is near', () => {
    expect(() => generateSample('iris')).toThrow('there is no sample "iris" (expected exams or study-habits)');
  });
});
