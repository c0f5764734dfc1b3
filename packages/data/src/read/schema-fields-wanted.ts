import type { Schema } from '@scorecast/core';
import type { WantedField } from './wanted-field.js';

/** A schema's identifiers, features and, if asked for, target, as columns to find in a file. Identifiers may be absent. */
export function schemaFieldsWanted(schema: Schema, withTarget: boolean): readonly WantedField[] {
  const values = withTarget ? [...schema.features, schema.target] : schema.features;
  return [
    ...schema.identifiers.map(({ name, aliases }) => ({ name, aliases, required: false, asText: true })),
    ...values.map(({ name, aliases }) => ({ name, aliases, required: true, asText: false })),
  ];
}
