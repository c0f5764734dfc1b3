import { ScorecastError } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import { predictAll } from '../answer/predict-all.js';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { csvRecords } from '../input/csv-records.js';
import { invocationRecords } from '../input/invocation-records.js';
import type { RequestRecords } from '../input/request-records.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import { VERSION } from '../version.js';
import { readBodies, type BodyReaders } from './read-bodies.js';

/**
 * MLflow's scoring protocol, for clients that speak it: `POST /invocations`, `GET /ping` and `GET /version`.
 *
 * Answers are `{ "id", "predictions": [...] }`, where prediction `i` has the id `<id>.<i>`; input that cannot be used is a 400 here, as that protocol has it, and not a 422.
 */
export function invocationRoutes(app: FastifyInstance, context: ServeContext): void {
  const readers: BodyReaders = {
    'application/json': (body, { bundle }) => asBadRequest(() => invocationRecords(body, bundle.schema)),
    'text/csv': (body, { bundle }) => asBadRequest(() => csvRecords(body, bundle.schema)),
  };
  void app.register(async (scope) => {
    readBodies(scope, readers);
    const config = { reads: 'application/json or text/csv' };
    scope.post<{ Body: RequestRecords | undefined }>('/invocations', { config }, (request, reply) => {
      const { body, model } = request;
      if (body === undefined) throw serveError('SERVE_JSON_UNREADABLE', { reason: 'it is empty' });
      const { bundle } = model;
      const { features, predictions } = asBadRequest(() => predictAll(body, model, context.options));
      const answers = predictionAnswers(predictions, bundle.interval.level);
      const given = { bundle, features, predictions, isSingle: false, records: body.records };
      const id = context.recorder.record({ route: 'invocations', ...given });
      void reply.header('cache-control', 'no-store');
      return reply.send({ id, predictions: answers.map(({ prediction }) => prediction) });
    });
  });
  app.get('/ping', { config: { access: 'open' } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').type('application/json').send('\n'),
  );
  app.get('/version', (_request, reply) => reply.type('text/plain; charset=utf-8').send(VERSION));
}

function asBadRequest<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof ScorecastError) || cause.status !== 422) throw cause;
    const { code, exitCode, message, details } = cause;
    throw new ScorecastError(code, { status: 400, exitCode }, message, details, { cause });
  }
}
