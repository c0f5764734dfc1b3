import { join, JsonReader } from './json-reader.js';
import { schemaError } from './schema-error.js';
import { schemaFields, type Feature, type Identifier, type Schema, type Target } from './schema.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const NAMED_KEYS = ['name', 'aliases', 'label'];
const FEATURE_KEYS = ['kind', ...NAMED_KEYS, 'description', 'optional', 'sensitive', 'actionable'];
const RANGE_KEYS = ['min', 'max', 'unit', 'integer'];

/** How many features, levels or aliases a schema may list: more is a mistake or an attack. */
const MAX_ENTRIES = 10_000;

/**
 * Checks a schema of unknown origin and fills the defaults in. A complete schema comes back equal.
 *
 * @throws SCHEMA_INVALID with every problem and its path.
 * @example
 * parseSchema({
 *   name: 'tiny',
 *   features: [{ kind: 'numeric', name: 'hours', min: 0 }],
 *   target: { name: 'score', min: 0, max: 100 },
 * }).features[0].label; // => "hours"
 */
export function parseSchema(input: unknown): Schema {
  const reader = new JsonReader();
  const schema = readSchema(reader, input, '');
  if (reader.problems.length > 0) throw schemaError('SCHEMA_INVALID', { problems: reader.problems });
  return schema;
}

/** Reads a schema that is part of a larger document; problems are noted in the reader. */
export function readSchema(reader: JsonReader, input: unknown, path: string): Schema {
  const value = reader.object(input, path);
  reader.keys(value, path, ['name', 'task', 'features', 'identifiers', 'target']);
  const name = reader.string(value['name'], join(path, 'name'));
  if (name !== '' && !NAME.test(name)) reader.note(join(path, 'name'), 'at most 64 letters, digits, "-" and "_"');
  const features = list(reader, value['features'], join(path, 'features'));
  const identifiers = list(reader, value['identifiers'] ?? [], join(path, 'identifiers'));
  const schema: Schema = {
    name,
    task: reader.oneOf(value['task'] ?? 'regression', join(path, 'task'), ['regression']),
    features: features.map((item, i) => readFeature(reader, item, `${join(path, 'features')}[${i}]`)),
    identifiers: identifiers.map((item, i) => readIdentifier(reader, item, `${join(path, 'identifiers')}[${i}]`)),
    target: readTarget(reader, value['target'], join(path, 'target')),
  };
  if (Array.isArray(value['features']) && features.length === 0) {
    reader.note(join(path, 'features'), 'at least one feature');
  }
  checkNames(reader, schema, path);
  return schema;
}

function list(reader: JsonReader, value: unknown, path: string): readonly unknown[] {
  const items = reader.array(value, path);
  if (items.length > MAX_ENTRIES) reader.note(path, `at most ${MAX_ENTRIES} entries`);
  return items.slice(0, MAX_ENTRIES);
}

function readNamed(reader: JsonReader, value: Readonly<Record<string, unknown>>, path: string) {
  const name = reader.string(value['name'], join(path, 'name'));
  return {
    name,
    aliases: value['aliases'] === undefined ? [] : reader.strings(value['aliases'], join(path, 'aliases')),
    label:
      value['label'] === undefined ? name.replaceAll('_', ' ') : reader.string(value['label'], join(path, 'label')),
  };
}

function readFeature(reader: JsonReader, input: unknown, path: string): Feature {
  const value = reader.object(input, path);
  const kind = reader.oneOf(value['kind'], join(path, 'kind'), ['numeric', 'nominal', 'ordinal']);
  const flag = (key: string) => (value[key] === undefined ? false : reader.boolean(value[key], join(path, key)));
  const base = {
    ...readNamed(reader, value, path),
    ...(value['description'] === undefined
      ? {}
      : { description: reader.string(value['description'], join(path, 'description')) }),
    optional: flag('optional'),
    sensitive: flag('sensitive'),
    actionable: flag('actionable'),
  };
  if (kind === 'numeric') {
    reader.keys(value, path, [...FEATURE_KEYS, ...RANGE_KEYS]);
    return { kind, ...base, ...readRange(reader, value, path) };
  }
  reader.keys(value, path, [...FEATURE_KEYS, 'levels']);
  return { kind, ...base, levels: readLevels(reader, value['levels'], join(path, 'levels')) };
}

function readLevels(reader: JsonReader, value: unknown, path: string): readonly string[] {
  const levels = reader.strings(list(reader, value, path), path);
  if (Array.isArray(value) && levels.length < 1) reader.note(path, 'at least one level');
  if (new Set(levels).size < levels.length) reader.note(path, 'levels that are all different');
  return levels;
}

function readRange(reader: JsonReader, value: Readonly<Record<string, unknown>>, path: string) {
  const bound = (key: string) => (value[key] === undefined ? undefined : reader.number(value[key], join(path, key)));
  const min = bound('min');
  const max = bound('max');
  if (min !== undefined && max !== undefined && min >= max) {
    reader.note(join(path, 'max'), `a number above min, ${min}`);
  }
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(value['unit'] === undefined ? {} : { unit: reader.string(value['unit'], join(path, 'unit')) }),
    integer: value['integer'] === undefined ? false : reader.boolean(value['integer'], join(path, 'integer')),
  };
}

function readIdentifier(reader: JsonReader, input: unknown, path: string): Identifier {
  const value = reader.object(input, path);
  reader.keys(value, path, ['kind', ...NAMED_KEYS]);
  if (value['kind'] !== undefined) reader.oneOf(value['kind'], join(path, 'kind'), ['identifier']);
  return { kind: 'identifier', ...readNamed(reader, value, path) };
}

function readTarget(reader: JsonReader, input: unknown, path: string): Target {
  const value = reader.object(input, path);
  reader.keys(value, path, ['kind', ...NAMED_KEYS, ...RANGE_KEYS]);
  if (value['kind'] !== undefined) reader.oneOf(value['kind'], join(path, 'kind'), ['target']);
  return { kind: 'target', ...readNamed(reader, value, path), ...readRange(reader, value, path) };
}

function checkNames(reader: JsonReader, schema: Schema, path: string): void {
  const owners = new Map<string, string>();
  for (const field of schemaFields(schema)) {
    for (const name of new Set([field.name, ...field.aliases])) {
      const owner = owners.get(name);
      if (name === '__proto__') reader.note(path, 'no field named "__proto__"');
      if (owner !== undefined) {
        reader.note(
          join(path, field.name),
          `a name of its own (${JSON.stringify(name)} already belongs to ${JSON.stringify(owner)})`,
        );
      }
      owners.set(name, field.name);
    }
  }
}
