import type { FastifyInstance } from 'fastify';
import { landingPage } from '../pages/landing-page.js';
import type { ServeContext } from '../serve-context.js';

/** What a Host header may look like to be repeated in an example that people paste into a shell. */
const PLAIN_HOST = /^[a-z0-9.:[\]-]+$/i;

/** `GET /`: what this is, how well it predicts, and how people and programs use it. */
export function landingRoute(app: FastifyInstance, { assets }: ServeContext): void {
  app.get('/', { config: { page: true } }, (request, reply) => {
    const host = PLAIN_HOST.test(request.host) ? request.host : 'localhost:8080';
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(landingPage({ model: request.model, assets }, `${request.protocol}://${host}`));
  });
}
