import { describe, expect, it } from 'vitest';
import { formatProblem, schemaError, type Problem } from '../../src/index.js';

const base = { column: 'reading', row: 14, expected: 'a number from 0 to 100' };

describe('formatProblem', () => {
  it.each<[Problem, string]>([
    [{ ...base, code: 'missing' }, 'column "reading", row 14: no value (expected a number from 0 to 100)'],
    [
      { ...base, code: 'wrong-type', value: 'high' },
      'column "reading", row 14: "high" cannot be read (expected a number from 0 to 100)',
    ],
    [
      { ...base, code: 'out-of-range', value: '1000' },
      'column "reading", row 14: "1000" is out of range (expected a number from 0 to 100)',
    ],
    [
      { code: 'missing-column', column: 'reading', expected: 'a column' },
      'column "reading": the column is missing (expected a column)',
    ],
    [
      { ...base, code: 'duplicate-column', value: 'score' },
      'column "reading", row 14: given again as "score" (expected a number from 0 to 100)',
    ],
    [
      { ...base, code: 'ragged-row', value: '3 cells' },
      'column "reading", row 14: 3 cells (expected a number from 0 to 100)',
    ],
  ])('says what, where and what was expected of %j', (problem, sentence) => {
    expect(formatProblem(problem)).toBe(sentence);
  });
});

describe('RECORD_INVALID', () => {
  it('lists five problems and counts the rest', () => {
    const problems = Array.from({ length: 8 }, (_, i): Problem => ({ ...base, code: 'missing', row: i + 1 }));
    const { message } = schemaError('RECORD_INVALID', { problems });
    expect(message.split('\n')).toHaveLength(7);
    expect(message).toMatch(/^8 problem\(s\)/);
    expect(message).toMatch(/and 3 more$/);
  });
});
