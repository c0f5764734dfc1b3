import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineSchema, parseSchema, schemaFields, ScorecastError } from '../../src/index.js';
import { anySchemaInput } from './any-schema.js';

const feature = { kind: 'numeric', name: 'hours' };
const valid = { name: 'tiny', features: [feature], target: { name: 'score' } };

/** The problems that a schema is refused with, as `path: expected`. */
function problemsOf(input: unknown): readonly string[] {
  try {
    parseSchema(input);
  } catch (error) {
    if (!(error instanceof ScorecastError) || error.code !== 'SCHEMA_INVALID') throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error('the schema was accepted');
}

describe('parseSchema', () => {
  it('fills the defaults in', () => {
    expect(parseSchema({ ...valid, features: [{ kind: 'nominal', name: 'test_course', levels: ['none'] }] })).toEqual({
      name: 'tiny',
      task: 'regression',
      features: [
        {
          kind: 'nominal',
          name: 'test_course',
          aliases: [],
          label: 'test course',
          optional: false,
          sensitive: false,
          actionable: false,
          levels: ['none'],
        },
      ],
      identifiers: [],
      target: { kind: 'target', name: 'score', aliases: [], label: 'score', integer: false },
    });
  });

  it('returns a complete schema equal to what it was given, also through JSON', () => {
    fc.assert(
      fc.property(anySchemaInput, (input) => {
        const schema = defineSchema(input);
        expect(parseSchema(schema)).toEqual(schema);
        expect(parseSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
      }),
    );
  });

  it('keeps the order of the features', () => {
    fc.assert(
      fc.property(anySchemaInput, (input) => {
        const names = input.features.map(({ name }) => name);
        expect(defineSchema(input).features.map(({ name }) => name)).toEqual(names);
        expect(schemaFields(defineSchema(input)).at(-1)?.name).toBe(input.target.name);
      }),
    );
  });

  it('ends in SCHEMA_INVALID and nothing else, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (input) => {
        expect(problemsOf(input).length).toBeGreaterThan(0);
      }),
    );
  });

  it('ends in SCHEMA_INVALID and nothing else when any one value of a schema is replaced', () => {
    const keys = fc.constantFrom('name', 'features', 'identifiers', 'target', 'task');
    fc.assert(
      fc.property(anySchemaInput, keys, fc.anything(), (input, key, junk) => {
        try {
          parseSchema({ ...input, [key]: junk });
        } catch (error) {
          expect(error).toMatchObject({ code: 'SCHEMA_INVALID', exitCode: 2 });
        }
      }),
    );
  });

  it('lists all problems at once, each with its place', () => {
    const input = {
      name: 'my data',
      features: [
        { kind: 'numeric', name: 'hours', min: 10, max: 1 },
        { kind: 'nominal', name: 'lunch', levels: ['a', 'a'] },
      ],
      targets: {},
    };
    expect(problemsOf(input)).toEqual([
      'targets: expected one of the keys name, task, features, identifiers, target',
      'name: expected at most 64 letters, digits, "-" and "_"',
      'features[0].max: expected a number above min, 10',
      'features[1].levels: expected levels that are all different',
      'target: expected an object',
      'target.name: expected a text that is not empty',
    ]);
  });

  it.each([
    ['no feature', { ...valid, features: [] }, 'features: expected at least one feature'],
    [
      'a level list without levels',
      { ...valid, features: [{ kind: 'ordinal', name: 'x', levels: [] }] },
      'features[0].levels: expected at least one level',
    ],
    [
      'levels of a number',
      { ...valid, features: [{ ...feature, levels: ['a'] }] },
      'features[0].levels: expected one of the keys kind, name, aliases, label, description, optional, sensitive, actionable, min, max, unit, integer',
    ],
    ['a bound in text', { ...valid, target: { name: 'score', max: '100' } }, 'target.max: expected a finite number'],
    ['an unknown task', { ...valid, task: 'ranking' }, 'task: expected "regression"'],
    [
      'an unknown kind',
      { ...valid, features: [{ kind: 'text', name: 'x' }] },
      'features[0].kind: expected "numeric" or "nominal" or "ordinal"',
    ],
    ['a list instead of a schema', [], 'the document: expected an object'],
  ])('refuses %s', (_what, input, problem) => {
    expect(problemsOf(input)).toContain(problem);
  });

  it.each([
    ['two features', { ...valid, features: [feature, feature] }, 'hours'],
    ['a feature and the target', { ...valid, target: { name: 'hours' } }, 'hours'],
    ['an alias and a name', { ...valid, target: { name: 'score', aliases: ['hours'] } }, 'score'],
    [
      'two aliases',
      { ...valid, features: [{ ...feature, aliases: ['a'] }], target: { name: 'score', aliases: ['a'] } },
      'score',
    ],
    ['an identifier and a feature', { ...valid, identifiers: [{ name: 'hours' }] }, 'hours'],
  ])('refuses one name for %s', (_what, input, place) => {
    expect(problemsOf(input)[0]).toMatch(new RegExp(`^${place}: expected a name of its own`));
  });

  it('accepts an alias that only repeats the name', () => {
    expect(parseSchema({ ...valid, features: [{ ...feature, aliases: ['hours'] }] }).features[0].name).toBe('hours');
  });

  it('refuses a field named "__proto__", and an alias', () => {
    expect(problemsOf({ ...valid, target: { name: '__proto__' } })).toContain(
      'the document: expected no field named "__proto__"',
    );
    expect(problemsOf({ ...valid, target: { name: 'score', aliases: ['__proto__'] } })).toHaveLength(1);
  });

  it('stops counting at ten thousand entries', () => {
    const features = Array.from({ length: 20_000 }, (_, i) => ({ kind: 'numeric', name: `x${i}` }));
    expect(problemsOf({ ...valid, features })).toEqual(['features: expected at most 10000 entries']);
  });
});
