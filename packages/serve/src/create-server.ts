import type { Bundle } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import { answerErrors } from './answer/answer-errors.js';
import { readAssets } from './assets.js';
import { bareServer } from './bare-server.js';
import { openRecorder } from './prediction-log/recorder.js';
import { protectServer } from './protect-server.js';
import { apiPredictRoute } from './routes/api-predict.js';
import { assetRoutes } from './routes/assets.js';
import { batchRoutes } from './routes/batch.js';
import { docsRoutes } from './routes/docs.js';
import { formRoutes } from './routes/form.js';
import { healthRoute } from './routes/health.js';
import { invocationRoutes } from './routes/invocations.js';
import { landingRoute } from './routes/landing.js';
import { metricsRoute } from './routes/metrics.js';
import { modelRoute } from './routes/model.js';
import { outcomesRoute } from './routes/outcomes.js';
import { predictRoute } from './routes/predict.js';
import { predictionsRoute } from './routes/predictions.js';
import { readyRoute } from './routes/ready.js';
import { completeOptions, type ServerOptions } from './server-options.js';
import { modelOfRequests, serveContext, type ServeContext } from './serve-context.js';

/**
 * Makes a server for one loaded bundle, without opening a port: use its `inject` in tests, or {@link startServer}.
 *
 * Routes: `GET /`, `GET` and `POST /predictdata` (also `/predicted_data`), `POST /predict`, `/api/predict`,
 * `/invocations` and `/outcomes`, `GET /predictions/{id}`, `/model`, `/docs`, `/openapi.json`, `/metrics`, `/health`,
 * `/ready`, `/ping` and `/version`.
 *
 * @throws SERVE_OPTION, SERVE_KEYS_UNREADABLE
 * @example
 * const app = await createServer(tinyBundle, { logLevel: 'silent' });
 * const response = await app.inject({ method: 'POST', url: '/predict', payload: { hours: 5 } });
 * response.json().prediction; // => 50
 * response.json().interval; // => { lower: 45, upper: 55, level: 0.9 }
 */
export async function createServer(bundle: Bundle, options: ServerOptions = {}): Promise<FastifyInstance> {
  return (await createServing(bundle, options)).app;
}

/** A server, and what its routes are given. */
export interface Serving {
  readonly app: FastifyInstance;
  readonly context: ServeContext;
}

/** {@link createServer} for those who also serve other bundles with it later. */
export async function createServing(bundle: Bundle, options: ServerOptions): Promise<Serving> {
  const complete = completeOptions(options);
  const app = bareServer(complete);
  const recorder = await openRecorder(complete, complete.now, app.log);
  const context = serveContext(bundle, complete, await readAssets(), recorder);
  // When every answer is given.
  app.addHook('onClose', () => recorder.log?.close());
  modelOfRequests(app, context);
  if (complete.traceEndpoint !== undefined) {
    const { traceRequests } = await import('./tracing/trace-requests.js');
    traceRequests(app, complete.traceEndpoint);
  }
  answerErrors(app, context);
  await protectServer(app, context);
  metricsRoute(app, context);
  landingRoute(app, context);
  formRoutes(app, context);
  predictRoute(app, context);
  apiPredictRoute(app, context);
  invocationRoutes(app, context);
  batchRoutes(app, context);
  outcomesRoute(app, context);
  predictionsRoute(app, context);
  modelRoute(app);
  docsRoutes(app, context);
  healthRoute(app, context);
  readyRoute(app, context);
  assetRoutes(app, context);
  await app.ready();
  return { app, context };
}
