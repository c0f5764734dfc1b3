import type { FastifyInstance } from 'fastify';
import type { ServeContext } from '../serve-context.js';

const ONE_YEAR = 'public, max-age=31536000, immutable';

/** `GET /assets/...`: the style sheet, the form's script and the icon. */
export function assetRoutes(app: FastifyInstance, { assets }: ServeContext): void {
  for (const { type, content, href } of Object.values(assets)) {
    app.get(href.split('?', 1)[0], { config: { access: 'open' } }, (request, reply) =>
      reply
        .type(type)
        .header('cache-control', request.url === href ? ONE_YEAR : 'no-cache')
        .send(content),
    );
  }
}
