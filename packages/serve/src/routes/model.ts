import type { FastifyInstance } from 'fastify';
import type { ServeContext } from '../serve-context.js';

/** `GET /model`: what is served: version, schema, measured errors, what it rests on and where it comes from. */
export function modelRoute(app: FastifyInstance, { predictor }: ServeContext): void {
  const { name, version, schema, interval, metrics, importance, provenance, pipeline } = predictor.bundle;
  const { level, radius, residualCount, testCoverage } = interval;
  const body = JSON.stringify({
    name,
    version,
    kind: pipeline.model.kind,
    schema,
    metrics,
    // JSON has no infinity: null where there were too few residuals for an interval.
    interval: { level, radius: Number.isFinite(radius) ? radius : null, residualCount, testCoverage },
    importance,
    provenance,
  });
  app.get('/model', (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(body),
  );
}
