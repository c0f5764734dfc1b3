import type { FastifyInstance } from 'fastify';
import { explanationAnswers } from '../answer/explanation-answer.js';
import { predictAll } from '../answer/predict-all.js';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { instanceRecords } from '../input/instance-records.js';
import { onlyKey } from '../input/only-key.js';
import { wantsExplanation } from '../input/wants-explanation.js';
import { parseJsonBody } from '../json/parse-json-body.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import { readBodies } from './read-bodies.js';

/**
 * `POST /api/predict`: `{ "instances": [...] }`, each a record by field name or a list of values in the schema's order.
 * Answered by `{ "id", "predictions": [...] }`, numbers in the same order; with `?explain=true` also by `explanations`.
 * The id of prediction `i` is `<id>.<i>`.
 */
export function apiPredictRoute(app: FastifyInstance, context: ServeContext): void {
  void app.register(async (scope) => {
    readBodies(scope, { 'application/json': parseJsonBody });
    scope.post('/api/predict', async (request, reply) => {
      const { value } = onlyKey(request.body, ['instances']);
      if (!Array.isArray(value)) {
        throw serveError('SERVE_BODY_SHAPE', { reason: '"instances" is no list', expected: 'a list of records' });
      }
      const { bundle } = request.model;
      const isExplained = wantsExplanation(request.query);
      const input = instanceRecords(value, '/instances', bundle.schema);
      const { features, predictions } = predictAll(input, request.model, context.options);
      const explanations = isExplained ? await explanationAnswers(features, request.model) : undefined;
      const answers = predictionAnswers(predictions, bundle.interval.level);
      const given = { bundle, features, predictions, isSingle: false, records: input.records };
      void reply.header('cache-control', 'no-store');
      return reply.send({
        id: context.recorder.record({ route: 'api-predict', ...given }),
        predictions: answers.map(({ prediction }) => prediction),
        ...(explanations === undefined ? {} : { explanations }),
      });
    });
  });
}
