import type { CellValue, Schema } from '@scorecast/core';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { exampleCsv } from '../answer/example-csv.js';
import type { ServedModel } from '../served-model.js';
import { EXAMPLE_ID, logOperations } from './log-operations.js';
import {
  explanationsSchema,
  idSchema,
  modelSchema,
  predictionSchema,
  recordSchema,
  valuesSchema,
  type JsonSchema,
} from './json-schemas.js';

/** One form of a body: its schema, and an example that is true of this very model; undefined without rows to show. */
export interface ApiContent {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** What a program can ask, and what it is answered when all is well. */
export interface ApiOperation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly explains?: boolean;
  /** What stands for a part of the path, by its name there. */
  readonly pathParameters?: Readonly<Record<string, JsonSchema>>;
  /** By media type. */
  readonly bodies?: Readonly<Record<string, ApiContent>>;
  readonly answerType: string;
  readonly answer: ApiContent;
  /** The statuses of refusals besides those that every body may get. */
  readonly refusals: readonly number[];
}

const numbers: JsonSchema = {
  type: 'object',
  properties: {
    id: idSchema,
    predictions: { type: 'array', items: { type: 'number' } },
    explanations: explanationsSchema,
  },
  required: ['id', 'predictions'],
};
const anyObject: JsonSchema = { type: 'object' };
const text: JsonSchema = { type: 'string' };

/** Every address for programs, with examples from the rows that the bundle brings along. */
export function apiOperations(model: ServedModel): readonly ApiOperation[] {
  const { name, version, schema } = model.bundle;
  const { rows, answers } = examples(model);
  const record = recordSchema(schema);
  const list = { type: 'array', items: record };
  const instances = { type: 'array', items: { anyOf: [record, valuesSchema(schema)] } };
  const plain = { id: EXAMPLE_ID, predictions: answers.map((answer) => answer.prediction) };
  const csv = exampleCsv(model.bundle, rows.length);
  const shown = <T>(example: T) => (rows.length === 0 ? {} : { example });

  return [
    {
      method: 'post',
      path: '/predict',
      summary: 'Predicts one record, or a list of records in one go.',
      explains: true,
      bodies: {
        'application/json': { schema: { anyOf: [record, list] }, ...shown(rows[0]) },
        'application/x-ndjson': { schema: text, ...shown(rows.map((row) => JSON.stringify(row)).join('\n')) },
        'text/csv': { schema: text, ...shown(csv) },
      },
      answerType: 'application/json',
      answer: {
        schema: predictAnswerSchema(schema),
        ...shown({ id: EXAMPLE_ID, ...answers[0], model: { name, version } }),
      },
      refusals: [422],
    },
    {
      method: 'post',
      path: '/api/predict',
      summary: 'Predicts instances, records or lists of values in the order of the schema, and answers numbers.',
      explains: true,
      bodies: {
        'application/json': {
          schema: { type: 'object', properties: { instances }, required: ['instances'], additionalProperties: false },
          ...shown({ instances: rows.map((row, i) => (i === 0 ? row : Object.values(row))) }),
        },
      },
      answerType: 'application/json',
      answer: { schema: numbers, ...shown(plain) },
      refusals: [422],
    },
    {
      method: 'post',
      path: '/invocations',
      summary: "Speaks MLflow's scoring protocol.",
      bodies: {
        'application/json': {
          schema: { ...anyObject, minProperties: 1 },
          ...shown({
            dataframe_split: { columns: Object.keys(rows[0] ?? {}), data: rows.map((row) => Object.values(row)) },
          }),
        },
        'text/csv': { schema: text, ...shown(csv) },
      },
      answerType: 'application/json',
      answer: { schema: numbers, ...shown(plain) },
      refusals: [],
    },
    {
      method: 'post',
      path: '/batch',
      summary:
        'Gives a CSV or Parquet file back, of the same kind, with the prediction and its interval beside each row, or what is wrong with it.',
      bodies: {
        'text/csv': { schema: text, ...shown(csv) },
        'application/vnd.apache.parquet': { schema: { ...text, format: 'binary' } },
      },
      answerType: 'text/csv',
      answer: { schema: text },
      refusals: [422, 503],
    },
    ...logOperations(model.bundle),
    ...statusOperations,
  ];
}

/** One record is answered by a prediction with its model, a list by a list with the model once. */
function predictAnswerSchema(schema: Schema): JsonSchema {
  const prediction = predictionSchema(schema);
  const list = {
    type: 'object',
    properties: { predictions: { type: 'array', items: prediction }, model: modelSchema },
    required: ['predictions', 'model'],
  };
  return { anyOf: [{ ...prediction, required: ['id', 'prediction', 'confidence', 'interval', 'model'] }, list] };
}

function read(path: string, summary: string, schema: JsonSchema, answerType = 'application/json'): ApiOperation {
  return { method: 'get', path, summary, answerType, answer: { schema }, refusals: [] };
}

/** What can be asked without sending anything. */
const statusOperations: readonly ApiOperation[] = [
  read('/model', 'Says what is served: version, schema, measured errors, provenance.', anyObject),
  read('/health', 'Says that the process lives, and with which model.', anyObject),
  { ...read('/ready', 'Says whether requests may be sent here.', anyObject), refusals: [503] },
  read('/ping', "Is the health check of MLflow's scoring protocol.", {}),
  read('/version', 'Names the release of Scorecast.', text, 'text/plain'),
  read('/metrics', 'Counts and times for Prometheus.', text, 'text/plain'),
  read('/openapi.json', 'Is this description.', anyObject),
];

/** At most two rows with all features in the schema's order, and what the model answers for them. */
function examples({ bundle, predictor, parse }: ServedModel) {
  const { replay, schema, interval } = bundle;
  const rows = replay.rows
    .slice(0, 2)
    .map((row) =>
      Object.fromEntries(schema.features.map(({ name }): [string, CellValue] => [name, row[name] ?? null])),
    );
  return { rows, answers: predictionAnswers(predictor.predictTable(parse(rows, 'typed')), interval.level) };
}
