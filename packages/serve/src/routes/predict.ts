import type { FastifyInstance } from 'fastify';
import type { Prediction } from '@scorecast/core';
import { fieldErrors } from '../answer/field-errors.js';
import { inputProblems } from '../answer/input-problems.js';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { parseJsonBody } from '../json/parse-json-body.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';

/** How many errors an answer lists; the rest is counted. */
const LISTED_ERRORS = 1000;

/**
 * `POST /predict`: one record or a list of records, as JSON.
 *
 * One record is answered by `{ prediction, confidence, interval, model }`, a list by `{ predictions: [...], model }` in
 * the same order. A list is answered as a whole or refused as a whole.
 */
export function predictRoute(app: FastifyInstance, context: ServeContext): void {
  const { bundle } = context.predictor;
  const model = { name: bundle.name, version: bundle.version };

  void app.register(async (json) => {
    json.removeAllContentTypeParsers();
    json.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
      parseJsonBody(body),
    );
    json.post('/predict', (request, reply) => {
      const { body } = request;
      const records: readonly unknown[] = Array.isArray(body) ? body : [body];
      const answers = predictionAnswers(predictAll(records, body, context), bundle.interval.level);
      void reply.header('cache-control', 'no-store');
      return reply.send(Array.isArray(body) ? { predictions: answers, model } : { ...answers[0], model });
    });
  });
}

function predictAll(records: readonly unknown[], body: unknown, context: ServeContext): readonly Prediction[] {
  const { predictor, options } = context;
  if (body === undefined) throw serveError('SERVE_JSON_UNREADABLE', { reason: 'it is empty' });
  if (records.length > options.maxRecords) {
    throw serveError('SERVE_TOO_MANY_RECORDS', { found: records.length, limit: options.maxRecords });
  }
  try {
    return predictor.predictRecords(records, 'typed');
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    const errors = fieldErrors(problems.slice(0, LISTED_ERRORS), body, predictor.bundle.schema);
    throw serveError('SERVE_INPUT_INVALID', { errors, errorCount: problems.length }, { cause });
  }
}
