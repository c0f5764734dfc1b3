import type { FastifyInstance } from 'fastify';
import type { ServeContext } from '../serve-context.js';

/** `GET /health`: that the server answers, when it did, and with which model. */
export function healthRoute(app: FastifyInstance, { predictor, options }: ServeContext): void {
  const { name, version } = predictor.bundle;
  app.get('/health', (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .send({ status: 'ok', timestamp: options.now().toISOString(), model: name, version }),
  );
}
