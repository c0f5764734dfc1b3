import { parseSchema } from './parse-schema.js';
import type { Schema, SchemaInput } from './schema.js';

/**
 * Makes a schema in code, with the editor's help; the same checks as for JSON apply.
 *
 * @throws SCHEMA_INVALID
 * @example
 * defineSchema({
 *   name: 'exams',
 *   features: [{ kind: 'nominal', name: 'lunch', levels: ['standard', 'free/reduced'] }],
 *   target: { name: 'math_score', min: 0, max: 100 },
 * }).target.label; // => "math score"
 */
export function defineSchema(input: SchemaInput): Schema {
  return parseSchema(input);
}
