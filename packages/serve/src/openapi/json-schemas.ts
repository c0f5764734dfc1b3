import { expectation, type Feature, type Schema } from '@scorecast/core';
import { PREDICTION_ID } from '../prediction-log/prediction-id.js';

/** A JSON schema, as OpenAPI 3.1 holds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a record must look like: one property per feature; identifiers and the target may come along. */
export function recordSchema(schema: Schema): JsonSchema {
  const required = schema.features.filter(({ optional }) => !optional).map(({ name }) => name);
  const carried = [...schema.identifiers, schema.target].map(({ name }): [string, JsonSchema] => [
    name,
    { description: 'May be sent along; it is not used.' },
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...schema.features.map((feature): [string, JsonSchema] => [feature.name, featureSchema(feature)]),
      ...carried,
    ]),
    required,
    additionalProperties: false,
  };
}

/** A record as a list: its values in the schema's order, without names. */
export function valuesSchema({ features }: Schema): JsonSchema {
  const { length } = features;
  return { type: 'array', prefixItems: features.map(featureSchema), minItems: length, maxItems: length };
}

/** What one value must look like. */
function featureSchema(feature: Feature): JsonSchema {
  const { label, description, aliases, optional } = feature;
  const words = [
    description ?? `${label.slice(0, 1).toUpperCase()}${label.slice(1)}: ${expectation(feature)}.`,
    ...(aliases.length === 0 ? [] : [`Also taken as ${aliases.join(', ')}.`]),
  ];
  return { ...valueSchema(feature, optional), description: words.join(' ') };
}

function valueSchema(feature: Feature, optional: boolean): JsonSchema {
  if (feature.kind !== 'numeric') {
    return optional
      ? { type: ['string', 'null'], enum: [...feature.levels, null] }
      : { type: 'string', enum: feature.levels };
  }
  const type = feature.integer ? 'integer' : 'number';
  return {
    type: optional ? [type, 'null'] : type,
    ...(feature.min === undefined ? {} : { minimum: feature.min }),
    ...(feature.max === undefined ? {} : { maximum: feature.max }),
  };
}

const number = { type: 'number' } as const;
const text = { type: 'string' } as const;

const explanation = {
  type: 'object',
  properties: {
    method: { type: 'string', enum: ['linear', 'tree-shap', 'members', 'enumeration'] },
    reference: { type: 'string', description: 'What the base is.' },
    base: number,
    contributions: {
      type: 'array',
      items: {
        type: 'object',
        properties: { feature: text, value: { type: ['number', 'string', 'null'] }, contribution: number },
        required: ['feature', 'value', 'contribution'],
      },
    },
    sum: {
      type: 'number',
      description: 'Base and contributions together: the prediction before it is cut to the range.',
    },
  },
  required: ['method', 'reference', 'base', 'contributions', 'sum'],
} as const;

/** What names an answer. */
export const idSchema: JsonSchema = {
  ...text,
  pattern: PREDICTION_ID.source,
  description: 'Names the prediction; of a list of numbers, prediction i is <id>.<i>, counted from 0.',
};

/** One prediction, as `/predict` answers it. */
export function predictionSchema({ target }: Schema): JsonSchema {
  const range = {
    ...(target.min === undefined ? {} : { minimum: target.min }),
    ...(target.max === undefined ? {} : { maximum: target.max }),
  };
  return {
    type: 'object',
    properties: {
      id: idSchema,
      prediction: { ...number, ...range, description: `The ${target.label}.` },
      confidence: { ...number, description: 'How often the interval holds the true value.' },
      interval: {
        type: 'object',
        properties: { lower: { type: ['number', 'null'] }, upper: { type: ['number', 'null'] }, level: number },
        required: ['lower', 'upper', 'level'],
      },
      explanation,
      model: modelSchema,
    },
    required: ['id', 'prediction', 'confidence', 'interval'],
  };
}

/** Which model answered. */
export const modelSchema: JsonSchema = {
  type: 'object',
  properties: { name: text, version: text },
  required: ['name', 'version'],
};

/** The explanations beside plain numbers. */
export const explanationsSchema: JsonSchema = { type: 'array', items: explanation };

/** An error, after RFC 9457. */
export const problemSchema: JsonSchema = {
  type: 'object',
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: text,
    code: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: text, pointer: text, code: text, value: text, expected: text, detail: text },
        required: ['pointer', 'code', 'expected', 'detail'],
      },
    },
    errorCount: { type: 'integer' },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};
