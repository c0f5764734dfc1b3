import type { FastifyInstance } from 'fastify';
import { perModel, type ServedModel } from '../served-model.js';

/** `GET /model`: what is served: version, schema, measured errors, what it rests on and where it comes from. */
export function modelRoute(app: FastifyInstance): void {
  const text = perModel(modelText);
  app.get('/model', ({ model }, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(text(model)),
  );
}

function modelText({ bundle }: ServedModel): string {
  const { name, version, schema, interval, metrics, importance, provenance, pipeline } = bundle;
  const { level, radius, residualCount, testCoverage } = interval;
  return JSON.stringify({
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
}
