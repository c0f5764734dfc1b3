import type { FastifyInstance } from 'fastify';
import { apiOperations } from '../openapi/api-operations.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { docsPage } from '../pages/docs-page.js';
import type { ServeContext } from '../serve-context.js';

/** `GET /openapi.json`: the service for programs, as OpenAPI 3.1. `GET /docs`: the same for people. */
export function docsRoutes(app: FastifyInstance, context: ServeContext): void {
  // Made when first asked for: most servers are never asked.
  let document: string | undefined;
  app.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(context));
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(document);
  });
  app.get('/docs', { config: { page: true } }, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(docsPage(context, apiOperations(context))),
  );
}
