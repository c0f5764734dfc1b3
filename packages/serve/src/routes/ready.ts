import type { FastifyInstance } from 'fastify';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';

/**
 * `GET /ready`: whether requests may be sent here. As soon as the server is told to stop it answers 503, while `/health`
 * still says that the process lives and running requests are finished.
 */
export function readyRoute(app: FastifyInstance, { isStopping, stop }: ServeContext): void {
  app.addHook('preClose', async () => {
    stop();
  });
  app.get('/ready', { config: { access: 'open' } }, ({ model: { bundle } }, reply) => {
    if (isStopping()) throw serveError('SERVE_STOPPING', {});
    return reply
      .header('cache-control', 'no-store')
      .send({ status: 'ready', model: bundle.name, version: bundle.version });
  });
}
