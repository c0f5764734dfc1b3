import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defineSchema,
  recordParser,
  rowRecord,
  type CellSource,
  type Problem,
  ScorecastError,
} from '../../src/index.js';
import { anySchemaInput } from './any-schema.js';

const schema = defineSchema({
  name: 'exams',
  identifiers: [{ name: 'student', aliases: ['id'] }],
  features: [
    { kind: 'numeric', name: 'reading', aliases: ['reading score'], min: 0, max: 100 },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'free/reduced'] },
    { kind: 'ordinal', name: 'year', levels: ['1', '2', '3'], optional: true },
    { kind: 'numeric', name: 'siblings', integer: true, optional: true },
  ],
  target: { name: 'math', aliases: ['math score'] },
});
const parse = recordParser(schema);
const good = { reading: 72, lunch: 'standard' };

/** The problems that records are refused with. */
function problemsOf(records: readonly unknown[], source: CellSource = 'typed'): readonly Problem[] {
  try {
    parse(records, source);
  } catch (error) {
    if (!(error instanceof ScorecastError) || error.code !== 'RECORD_INVALID') throw error;
    const { problems } = error.details;
    if (Array.isArray(problems)) return problems;
  }
  throw new Error('the records were accepted');
}

describe('recordParser', () => {
  it('makes a table of the features, in the order of the schema', () => {
    const table = parse([{ siblings: 2, year: '3', lunch: 'free/reduced', reading: 72.5 }], 'typed');
    expect(table.columns.map((column) => column.name)).toEqual(['reading', 'lunch', 'year', 'siblings']);
    expect(rowRecord(table, 0)).toEqual({ reading: 72.5, lunch: 'free/reduced', year: '3', siblings: 2 });
  });

  it('takes a field by an alias, and ignores identifiers and the target under every name', () => {
    const named = parse([good], 'typed');
    expect(
      parse([{ 'reading score': 72, lunch: 'standard', id: 7, student: null, math: 'x', 'math score': {} }], 'typed'),
    ).toEqual(named);
  });

  it('reads an optional field that is null, undefined or left out as missing', () => {
    const [missing] = [null, undefined].map((gap) => parse([{ ...good, year: gap, siblings: gap }], 'typed'));
    expect(missing).toEqual(parse([good], 'typed'));
    expect(rowRecord(missing, 0)).toEqual({ ...good, year: null, siblings: null });
  });

  it('gives back from a parsed row what was put in', () => {
    fc.assert(
      fc.property(
        anySchemaInput,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (input, draws) => {
          const any = defineSchema(input);
          const record = Object.fromEntries(
            any.features.map((feature): [string, number | string] => {
              const draw = draws.next().value;
              if (feature.kind !== 'numeric') {
                return [feature.name, feature.levels[Math.floor(draw * feature.levels.length)]];
              }
              const { min = -10, max = 60, integer } = feature;
              return [feature.name, integer ? Math.round(min + draw * (max - min)) + 0 : min + draw * (max - min)];
            }),
          );
          expect(rowRecord(recordParser(any)([record], 'typed'), 0)).toEqual(record);
        },
      ),
    );
  });

  it('parses a list of no records into a table of no rows', () => {
    expect(parse([], 'typed').rowCount).toBe(0);
  });

  describe('refuses', () => {
    it('a misspelt field and says which was meant', () => {
      expect(problemsOf([{ ...good, sibblings: 2 }])).toEqual([
        { code: 'unknown-column', column: 'sibblings', row: 1, expected: 'perhaps "siblings"' },
      ]);
    });

    it('an unknown field and says which there are', () => {
      const [problem] = problemsOf([{ ...good, favourite: 'blue' }]);
      expect(problem.expected).toBe('the fields reading, lunch, year, siblings');
    });

    it('a field under two of its names, even when they agree', () => {
      expect(problemsOf([{ ...good, 'reading score': 72 }])).toEqual([
        {
          code: 'duplicate-column',
          column: 'reading',
          row: 1,
          value: 'reading score',
          expected: 'one value, a number from 0 to 100',
        },
      ]);
    });

    it('a required field that is null, undefined or left out', () => {
      for (const record of [{ reading: 72 }, { ...good, lunch: null }, { ...good, lunch: undefined }]) {
        expect(problemsOf([record])).toEqual([
          { code: 'missing', column: 'lunch', row: 1, expected: '"standard" or "free/reduced"' },
        ]);
      }
    });

    it('a record that is not an object', () => {
      for (const record of [null, 7, 'reading', [72, 'standard']]) {
        expect(problemsOf([good, record])).toMatchObject([{ code: 'unreadable-row', row: 2 }]);
      }
    });

    it('an own "__proto__" field like any other unknown one', () => {
      expect(problemsOf([JSON.parse('{"reading":72,"lunch":"standard","__proto__":{"year":"1"}}')])).toMatchObject([
        { code: 'unknown-column', column: '__proto__' },
      ]);
    });

    it('every bad cell of every record at once', () => {
      const problems = problemsOf([
        { reading: 1000, lunch: 'reduced' },
        good,
        { reading: '72', lunch: 'standard', siblings: 1.5 },
      ]);
      expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
        [1, 'reading', 'out-of-range'],
        [1, 'lunch', 'unknown-level'],
        [3, 'reading', 'wrong-type'],
        [3, 'siblings', 'wrong-type'],
      ]);
    });

    it.each([['72'], [true], [Number.NaN], [Infinity], [[72]], [{}]])('%j where JSON must hold a number', (value) => {
      expect(problemsOf([{ ...good, reading: value }])).toMatchObject([{ code: 'wrong-type', column: 'reading' }]);
    });

    it('a big integer, which a Parquet file can hold', () => {
      expect(problemsOf([{ ...good, reading: 72n }])).toMatchObject([{ code: 'wrong-type', value: '72' }]);
    });

    it('a value that is nested beyond any stack', () => {
      const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
      expect(problemsOf([{ ...good, reading: nested }])).toMatchObject([{ code: 'wrong-type', value: 'a list' }]);
      expect(problemsOf([{ ...good, lunch: { nested } }])).toMatchObject([{ code: 'wrong-type', value: 'an object' }]);
    });

    it('a long value, repeating only its beginning', () => {
      const [problem] = problemsOf([{ ...good, lunch: 'x'.repeat(1_000_000) }]);
      expect(problem.value).toHaveLength(80);
    });
  });

  describe('in text mode', () => {
    it('reads numbers as people write them', () => {
      const numbers = ['72', ' 72 ', '+72', '72.0', '7.2e1', '.72e2', '72.'];
      const table = parse(
        numbers.map((reading) => ({ ...good, reading })),
        'text',
      );
      expect(numbers.map((_, row) => rowRecord(table, row)['reading'])).toEqual(numbers.map(() => 72));
    });

    it.each([['', '0x48', '1_000', '72 points', 'NaN', 'Infinity', '1e999', '7,2', '--72', 'e1', '.']].flat())(
      'refuses %j as a number',
      (reading) => {
        expect(problemsOf([{ ...good, reading }], 'text')).toMatchObject([{ code: 'wrong-type', value: reading }]);
      },
    );

    it('takes an empty text for a value and not for a gap', () => {
      expect(problemsOf([{ ...good, year: '' }], 'text')).toMatchObject([{ code: 'unknown-level', value: '' }]);
    });

    it('turns minus zero into zero', () => {
      expect(Object.is(rowRecord(parse([{ ...good, reading: '-0' }], 'text'), 0)['reading'], 0)).toBe(true);
    });
  });

  it('takes a number for a level that reads like it, so that years need no quotes', () => {
    expect(rowRecord(parse([{ ...good, year: 2 }], 'typed'), 0)['year']).toBe('2');
  });
});
