import { type FastifyInstance } from 'fastify';
import { answerErrors } from './answer-errors.js';
import { addApiRoutes } from './api-route.js';
import { bareServer } from './bare-server.js';
import { addAboutRoutes } from './routes/about.js';
import { addPageArtifactRoutes, artifactRoutes } from './routes/artifacts.js';
import { addConsoleRoutes } from './routes/console-files.js';
import { experimentRoutes } from './routes/experiments.js';
import { modelVersionRoutes } from './routes/model-versions.js';
import { addMultipartUploadRoutes } from './routes/multipart-uploads.js';
import { addProxiedArtifactRoutes } from './routes/proxied-artifacts.js';
import { loggedModelRoutes } from './routes/logged-models.js';
import { metricRoutes } from './routes/metrics.js';
import { oldTraceRoutes } from './routes/old-traces.js';
import { registeredModelRoutes } from './routes/registered-models.js';
import { registryRuleRoutes } from './routes/registry-rules.js';
import { runRecordRoutes } from './routes/run-records.js';
import { runRoutes } from './routes/runs.js';
import { addTraceSpanRoutes } from './routes/trace-spans.js';
import { commonTraceRoutes, traceRoutes } from './routes/traces.js';
import { contextOf, type TrackingServerOptions } from './server-options.js';

const apiRoutes = [
  ...experimentRoutes,
  ...runRoutes,
  ...runRecordRoutes,
  ...metricRoutes,
  ...artifactRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
  ...loggedModelRoutes,
  ...oldTraceRoutes,
  ...commonTraceRoutes,
];

/**
 * Makes a tracking server that MLflow clients can use, without opening a port: use its `inject` in tests, or
 * {@link startTrackingServer}.
 *
 * @example
 * const store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: 'mlflow-artifacts:/' });
 * const app = await createTrackingServer({ store, artifacts: openArtifactStore('artifacts'), logLevel: 'silent' });
 * (await app.inject('/version')).body; // => "3.6.0"
 * await app.close();
 * await store.close();
 */
export async function createTrackingServer(options: TrackingServerOptions): Promise<FastifyInstance> {
  const context = contextOf(options);
  const app = await bareServer(options);
  answerErrors(app);
  addAboutRoutes(app, context);
  addApiRoutes(app, context, '2.0/mlflow', apiRoutes);
  addApiRoutes(app, context, '2.0/scorecast', registryRuleRoutes);
  addApiRoutes(app, context, '3.0/mlflow', [...traceRoutes, ...commonTraceRoutes]);
  addMultipartUploadRoutes(app, context);
  await app.register(async (files) => {
    // Files are streamed: their bodies are left unread for the routes.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, body, done) => {
      done(null, body);
    });
    addProxiedArtifactRoutes(files, context);
    addPageArtifactRoutes(files, context);
  });
  await app.register(async (spans) => {
    spans.removeAllContentTypeParsers();
    spans.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    addTraceSpanRoutes(spans, context);
  });
  if (options.console !== undefined) addConsoleRoutes(app, options.console);
  await app.ready();
  return app;
}
