import type { FastifyInstance } from 'fastify';
import type { ServeContext } from '../serve-context.js';

/** `GET /health`: that the server answers, when it did, and with which model. */
export function healthRoute(app: FastifyInstance, { options }: ServeContext): void {
  app.get('/health', { config: { access: 'open' } }, ({ model }, reply) =>
    reply.header('cache-control', 'no-store').send({
      status: 'ok',
      timestamp: options.now().toISOString(),
      model: model.bundle.name,
      version: model.bundle.version,
    }),
  );
}
