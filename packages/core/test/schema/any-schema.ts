import fc from 'fast-check';
import type { FeatureInput, SchemaInput } from '../../src/index.js';

const flags = { optional: fc.boolean(), sensitive: fc.boolean(), actionable: fc.boolean() };
const text = fc.string({ minLength: 1, maxLength: 12 });
const named = { aliases: fc.constant([]), label: text, description: text };
const levels = fc.uniqueArray(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 5 });
const ranged = fc.record(
  { min: fc.integer({ min: -50, max: 0 }), max: fc.integer({ min: 1, max: 50 }), unit: text },
  { requiredKeys: [] },
);

/** Any valid schema as people write it: names are different, everything with a default may be left out. */
export const anySchemaInput: fc.Arbitrary<SchemaInput> = fc
  .uniqueArray(
    text.filter((name) => name !== '__proto__'),
    { minLength: 2, maxLength: 6 },
  )
  .chain(([target, ...names]) =>
    fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/),
      features: fc.tuple(...names.map(anyFeature)),
      target: ranged.map((range) => ({ name: target, ...range })),
    }),
  );

function anyFeature(name: string): fc.Arbitrary<FeatureInput> {
  const base = fc.record({ ...named, ...flags }, { requiredKeys: [] });
  return fc.oneof(
    fc
      .tuple(base, ranged, fc.boolean())
      .map(([rest, range, integer]): FeatureInput => ({ kind: 'numeric', name, ...rest, ...range, integer })),
    fc
      .tuple(base, levels, fc.constantFrom('nominal', 'ordinal'))
      .map(([rest, options, kind]): FeatureInput => ({ kind, name, ...rest, levels: options })),
  );
}
