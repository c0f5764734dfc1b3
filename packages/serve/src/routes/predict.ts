import type { FastifyInstance } from 'fastify';
import { explanationAnswers } from '../answer/explanation-answer.js';
import { predictAll } from '../answer/predict-all.js';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { csvRecords } from '../input/csv-records.js';
import { jsonLineRecords, jsonRecords } from '../input/json-records.js';
import type { RequestRecords } from '../input/request-records.js';
import { wantsExplanation } from '../input/wants-explanation.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import { readBodies, type BodyReaders } from './read-bodies.js';

/** The usual names of JSON with one value per line. */
export const JSON_LINES = ['application/x-ndjson', 'application/jsonl', 'application/x-jsonlines'];

/**
 * `POST /predict`: one record or a list of records as JSON, or records as NDJSON or CSV.
 *
 * One record is answered by `{ id, prediction, confidence, interval, model }`, a list by
 * `{ predictions: [...], model }` in the same order. A list is answered as a whole or refused as a whole. With `?explain=true` each prediction has its
 * explanation beside it.
 */
export function predictRoute(app: FastifyInstance, context: ServeContext): void {
  const readers: BodyReaders = {
    'application/json': jsonRecords,
    ...Object.fromEntries(JSON_LINES.map((type) => [type, jsonLineRecords])),
    'text/csv': (body, { bundle }) => csvRecords(body, bundle.schema),
  };

  void app.register(async (scope) => {
    readBodies(scope, readers);
    const config = { reads: 'application/json, application/x-ndjson or text/csv' };
    scope.post<{ Body: RequestRecords | undefined }>('/predict', { config }, async (request, reply) => {
      const { body } = request;
      const { bundle } = request.model;
      if (body === undefined) throw serveError('SERVE_JSON_UNREADABLE', { reason: 'it is empty' });
      const isExplained = wantsExplanation(request.query);
      const { features, predictions } = predictAll(body, request.model, context.options);
      const explanations = isExplained ? await explanationAnswers(features, request.model) : undefined;
      const answers = predictionAnswers(predictions, bundle.interval.level);
      const { isSingle, records } = body;
      const id = context.recorder.record({ route: 'predict', bundle, features, predictions, isSingle, records });
      const idOf = (i: number) => (isSingle ? id : `${id}.${i}`);
      const identified = answers.map((answer, i) =>
        explanations === undefined
          ? { id: idOf(i), ...answer }
          : { id: idOf(i), ...answer, explanation: explanations[i] },
      );
      const model = { name: bundle.name, version: bundle.version };
      void reply.header('cache-control', 'no-store');
      return reply.send(isSingle ? { ...identified[0], model } : { predictions: identified, model });
    });
  });
}
