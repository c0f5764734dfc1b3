import fc from 'fast-check';

/** A JSON schema, as the service's own description holds it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Values that a schema allows. It knows the words that our descriptions use, and fails at one that it does not know. */
export function allowedBy(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf, enum: options, const: only, type } = schema;
  if (typeof $ref === 'string') return allowedBy(resolve($ref, root), root);
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices) && type === 'object') {
    return fc.oneof(...choices.map((_, i) => object(withChoice(schema, choices.map(asSchema), i), root)));
  }
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => allowedBy(asSchema(choice), root)));
  if (Array.isArray(options)) return fc.constantFrom(...options);
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => allowedBy({ ...schema, type: one }, root)));
  switch (type) {
    case undefined:
      return fc.jsonValue({ maxDepth: 3 });
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: Math.ceil(bound(schema, 'minimum', -1e6)), max: bound(schema, 'maximum', 1e6) });
    case 'number':
      return numbers(bound(schema, 'minimum', -1e9), bound(schema, 'maximum', 1e9));
    case 'array':
      return list(schema, root);
    case 'object':
      return object(schema, root);
    default:
      throw new Error(`the fuzzer does not know the type ${JSON.stringify(type)}`);
  }
}

function text({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'date' || format === 'date-time') {
    const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    return dates.map((date) => date.toISOString().slice(0, format === 'date' ? 10 : 24));
  }
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength: Number(minLength), maxLength: Number(maxLength), unit: 'grapheme' });
}

function numbers(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.double({ min, max, noNaN: true }),
    fc.integer({ min: Math.ceil(min), max: Math.floor(max) }),
    fc.constantFrom(min, max),
  );
}

function list({ prefixItems, items, minItems = 0, maxItems = 3 }: Schema, root: Schema): fc.Arbitrary<unknown> {
  if (Array.isArray(prefixItems)) return fc.tuple(...prefixItems.map((item) => allowedBy(asSchema(item), root)));
  return fc.array(allowedBy(asSchema(items), root), { minLength: Number(minItems), maxLength: Number(maxItems) });
}

function object(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties = true, minProperties = 0 } = schema;
  const shapes = Object.entries(asSchema(properties)).map(([key, shape]): [string, fc.Arbitrary<unknown>] => [
    key,
    allowedBy(asSchema(shape), root),
  ]);
  const known = fc.record(Object.fromEntries(shapes), {
    requiredKeys: Array.isArray(required) ? required.map(String) : [],
    noNullPrototype: true,
  });
  if (additionalProperties === false || shapes.length > 0) return known;
  return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: Number(minProperties), maxKeys: 4 });
}

/** An object that has the keys of one choice and not those of the others. */
function withChoice(schema: Schema, choices: readonly Schema[], chosen: number): Schema {
  const required = choices.map((choice) => (Array.isArray(choice['required']) ? choice['required'].map(String) : []));
  const own = required[chosen] ?? [];
  const others = required.flat().filter((key) => !own.includes(key));
  const properties = Object.entries(asSchema(schema['properties'])).filter(([key]) => !others.includes(key));
  const always: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return { ...schema, properties: Object.fromEntries(properties), required: [...always, ...own] };
}

/** Follows `#/components/schemas/Problem`. */
function resolve(reference: string, root: Schema): Schema {
  return reference
    .slice(2)
    .split('/')
    .reduce<Schema>((at, key) => asSchema(at[key]), root);
}

function bound(schema: Schema, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : otherwise;
}

/** Whatever stands there, read as an object; nothing is an empty one. */
export function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
