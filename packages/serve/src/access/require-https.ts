import type { FastifyInstance } from 'fastify';
import { serveError } from '../serve-error.js';

/** A Host header that can stand in an address. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/i;

const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Tells browsers that came by HTTPS to come by nothing else, and, where it is required, refuses what came by HTTP: pages are
 * sent on to the same address by HTTPS (308), the rest is a 403. Probes are answered either way.
 *
 * Whether a request came by HTTPS is said by the proxy in front, which must be a trusted one.
 */
export function requireHttps(app: FastifyInstance, isRequired: boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.protocol === 'https') {
      void reply.header('strict-transport-security', `max-age=${ONE_YEAR_SECONDS}`);
    } else if (isRequired && request.routeOptions.config.access !== 'open') {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const [, name] = HOST.exec(request.host) ?? [];
      if (request.routeOptions.config.page === true && isRead && name !== undefined) {
        reply.header('cache-control', 'no-store').redirect(`https://${name}${request.url}`, 308);
        return;
      }
      done(serveError('SERVE_HTTPS_REQUIRED', {}));
      return;
    }
    done();
  });
}
