import type { Bundle } from '@scorecast/core';
import { idSchema, modelSchema, type JsonSchema } from './json-schemas.js';

/** An id as answers have it. */
export const EXAMPLE_ID = '019a1f2e-7b40-7000-9c41-5be02d6f8a17';

const number: JsonSchema = { type: 'number' };
const text: JsonSchema = { type: 'string' };
const time: JsonSchema = { type: 'string', format: 'date-time' };
const anyObject: JsonSchema = { type: 'object' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const bound: JsonSchema = { type: ['number', 'null'] };

/** What can be asked of the log of predictions. */
export function logOperations({ schema }: Bundle) {
  const { name, aliases, min, max, label } = schema.target;
  const range = { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
  const outcome = { ...number, ...range, description: `The true ${label}.` };
  // It may be sent under the name of what is predicted: then `outcome` is not there.
  const names = ['outcome', name, ...aliases].filter((key, i, all) => all.indexOf(key) === i);
  const record: JsonSchema = {
    type: 'object',
    properties: {
      id: idSchema,
      ...Object.fromEntries(names.map((key) => [key, outcome])),
      at: {
        anyOf: [{ ...text, format: 'date' }, time],
        description: 'When it became true.',
      },
      prediction: { description: 'May be sent along; it is not used.' },
    },
    required: ['id'],
    oneOf: names.map((key) => ({ required: [key] })),
    additionalProperties: false,
  };
  return [
    {
      method: 'post' as const,
      path: '/outcomes',
      summary: 'Records what turned out to be true, by the ids of predictions.',
      bodies: {
        'application/json': { schema: { anyOf: [record, { type: 'array', items: record }] } },
        'application/x-ndjson': { schema: text },
        'text/csv': { schema: text },
      },
      answerType: 'application/json',
      answer: {
        schema: {
          type: 'object',
          properties: { recorded: count, unknown: count, unknownIds: { type: 'array', items: text } },
          required: ['recorded', 'unknown'],
        },
      },
      refusals: [409, 422, 503],
    },
    {
      method: 'get' as const,
      path: '/predictions/{id}',
      summary: 'Gives a prediction as it was recorded, its outcome, and what the model answers to the same inputs now.',
      pathParameters: { id: text },
      answerType: 'application/json',
      answer: { schema: loggedPrediction },
      refusals: [404, 409, 503],
    },
  ];
}

const loggedPrediction: JsonSchema = {
  type: 'object',
  properties: {
    id: text,
    givenAt: time,
    route: text,
    model: modelSchema,
    prediction: number,
    interval: {
      type: 'object',
      properties: { lower: bound, upper: bound, level: number },
      required: ['lower', 'upper', 'level'],
    },
    inputs: anyObject,
    inputsHash: text,
    identifiers: anyObject,
    outcome: { type: ['number', 'null'] },
    outcomes: {
      type: 'array',
      items: {
        type: 'object',
        properties: { outcome: number, outcomeAt: time, recordedAt: time },
        required: ['outcome', 'recordedAt'],
      },
    },
    replayed: {
      type: 'object',
      properties: { prediction: { type: ['number', 'null'] }, equal: { type: 'boolean' } },
      required: ['prediction', 'equal'],
    },
  },
  required: ['id', 'givenAt', 'route', 'model', 'prediction', 'interval', 'outcome', 'outcomes'],
};
