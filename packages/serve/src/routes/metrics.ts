import type { FastifyInstance } from 'fastify';
import { EXPOSITION_TYPE, expositionText } from '../metrics/exposition.js';
import type { ServeContext } from '../serve-context.js';

/** `GET /metrics`: counts and times for Prometheus. Counts every answer of the server, this route's too. */
export function metricsRoute(app: FastifyInstance, { metrics, options }: ServeContext): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(route === 'unknown' ? 'any' : request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { config: { access: 'metrics' } }, async ({ model }, reply) => {
    const own = metrics.families(options.now(), model.counts);
    const all = (await options.gather?.(own)) ?? own;
    return reply.type(EXPOSITION_TYPE).header('cache-control', 'no-store').send(expositionText(all));
  });
}
