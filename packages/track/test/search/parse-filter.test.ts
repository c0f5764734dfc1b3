import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, type Filter } from '../../src/search/filter.js';
import { parseFilter } from '../../src/search/parse-filter.js';

const compared = (entity: string | undefined, key: string, operator: string, value: unknown): object =>
  expect.objectContaining({ kind: 'comparison', entity, key, operator, value });

function messageOf(text: string): string {
  try {
    parseFilter(text);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'no error';
}

describe('a filter', () => {
  it('that is empty is no filter', () => {
    expect(parseFilter('')).toBeUndefined();
    expect(parseFilter('  \n')).toBeUndefined();
  });

  it('compares keys of entities with numbers and texts', () => {
    expect(parseFilter('metrics.rmse<0.5')).toEqual(compared('metrics', 'rmse', '<', 0.5));
    expect(parseFilter("status = 'FINISHED'")).toEqual(compared(undefined, 'status', '=', 'FINISHED'));
    expect(parseFilter("tags.mlflow.source.name != 'a'")).toEqual(compared('tags', 'mlflow.source.name', '!=', 'a'));
    expect(parseFilter('params."learning rate" like "%e-3"')).toEqual(
      compared('params', 'learning rate', 'LIKE', '%e-3'),
    );
    expect(parseFilter("`Run name` iLike 'it''s'")).toEqual(compared(undefined, 'Run name', 'ILIKE', "it's"));
    expect(parseFilter("run_id not in ('a', 'b',)")).toEqual(compared(undefined, 'run_id', 'NOT IN', ['a', 'b']));
  });

  it('reads every way to write a number', () => {
    for (const number of ['1', '-1', '+2.5', '.5', '3.', '1e-3', '-2.5E+10']) {
      expect(parseFilter(`m.a = ${number}`), number).toEqual(compared('m', 'a', '=', Number(number)));
    }
  });

  it('binds AND tighter than OR, and parentheses tighter than both', () => {
    const filter = parseFilter('a = 1 or b = 2 AND (c = 3 Or d = 4)');
    expect(filter).toEqual({
      kind: 'or',
      parts: [
        compared(undefined, 'a', '=', 1),
        {
          kind: 'and',
          parts: [
            compared(undefined, 'b', '=', 2),
            { kind: 'or', parts: [compared(undefined, 'c', '=', 3), compared(undefined, 'd', '=', 4)] },
          ],
        },
      ],
    });
  });

  it('says where it cannot be read, and what was expected there', () => {
    expect(messageOf('metrics.a >')).toBe(
      "Invalid filter or order: expected a number, or a text in quotes such as 'a' at character 12, found the end",
    );
    expect(messageOf('metrics.a ~ 3')).toContain('a comparison');
    expect(messageOf('metrics.a = 3 x')).toContain('expected AND, OR or the end at character 15, found "x"');
    expect(messageOf('(a = 1')).toContain('expected ), AND or OR at character 7, found the end');
    expect(messageOf("a = 'b")).toContain("the closing ' of the quote at character 5");
    expect(messageOf('a IN 3')).toContain("a list such as ('a', 'b') at character 6");
    expect(messageOf('a NOT 3')).toContain('IN after NOT');
    expect(messageOf('metrics. = 3')).toContain('a key after the dot at character 9');
    expect(messageOf('= 3')).toContain('a key such as metrics.rmse');
    expect(messageOf('a == 3')).toContain('character 4');
  });

  it('may be 200 comparisons and 30 parentheses deep, no more', () => {
    expect(parseFilter(Array.from({ length: 200 }, () => 'a = 1').join(' AND '))).toMatchObject({ kind: 'and' });
    expect(messageOf(Array.from({ length: 201 }, () => 'a = 1').join(' OR '))).toContain('at most 200 comparisons');
    expect(parseFilter(`${'('.repeat(30)}a = 1${')'.repeat(30)}`)).toEqual(compared(undefined, 'a', '=', 1));
    expect(messageOf(`${'('.repeat(31)}a = 1${')'.repeat(31)}`)).toContain('at most 30 parentheses');
    expect(messageOf('('.repeat(100_000))).toContain('at most 30 parentheses');
    expect(messageOf(' '.repeat(200_001))).toContain('200001 characters are too many');
  });
});

const texts = fc.string({ unit: 'grapheme', maxLength: 8 });
const comparisons = fc.record({
  kind: fc.constant('comparison' as const),
  entity: fc.constantFrom(undefined, 'metrics', 'params', 'tags'),
  key: fc.oneof(
    fc.constantFrom('rmse', 'a_1', 'x'),
    texts.filter((text) => text !== ''),
  ),
  operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'LIKE', 'ILIKE'),
  value: fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true })),
});
const filters = fc.letrec<{ filter: Written }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparisons,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).filter;

type Written =
  | Pick<Comparison, 'kind' | 'entity' | 'key' | 'operator' | 'value'>
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Written[] };

function write(filter: Written): string {
  if (filter.kind !== 'comparison') {
    return filter.parts.map((part) => `(${write(part)})`).join(` ${filter.kind} `);
  }
  const { entity, key, operator, value } = filter;
  const shown = typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
  return `${entity === undefined ? '' : `${entity}.`}\`${key.replaceAll('`', '``')}\` ${operator} ${shown}`;
}

function plain(filter: Filter): Written {
  if (filter.kind !== 'comparison') return { kind: filter.kind, parts: filter.parts.map(plain) };
  const { kind, entity, key, operator, value } = filter;
  return { kind, entity, key, operator, value: value === 0 ? 0 : value };
}

describe('every filter', () => {
  it('that is written down is read as it was meant', () => {
    fc.assert(
      fc.property(filters, (meant) => {
        const read = parseFilter(write(meant));
        expect(read && plain(read)).toEqual(normal(meant));
      }),
    );
  });

  it('that is garbage is refused with a position, and nothing worse happens', () => {
    const pieces = [
      "'",
      '"',
      '`',
      '(',
      ')',
      ',',
      '.',
      ' AND ',
      ' or ',
      'a',
      'metrics.a',
      '=',
      '<',
      ' in ',
      '1',
      '1e',
      '-',
    ];
    const garbage = fc.array(fc.oneof(fc.constantFrom(...pieces), texts), { maxLength: 15 });
    fc.assert(
      fc.property(garbage, (parts) => {
        const message = messageOf(parts.join(''));
        expect(message).toMatch(/^no error$|^Invalid filter or order: expected .+ at character \d+, found .+$/su);
      }),
    );
  });
});

/** -0 is read as it is written, which is 0. */
function normal(filter: Written): Written {
  if (filter.kind !== 'comparison') return { kind: filter.kind, parts: filter.parts.map(normal) };
  return { ...filter, value: filter.value === 0 ? 0 : filter.value };
}
