import type { FastifyInstance } from 'fastify';
import { apiOperations } from '../openapi/api-operations.js';
import { openApiDocument } from '../openapi/open-api-document.js';
import { protectionOf } from '../openapi/protection.js';
import { docsPage } from '../pages/docs-page.js';
import type { ServeContext } from '../serve-context.js';
import { perModel } from '../served-model.js';

/** `GET /openapi.json`: the service for programs, as OpenAPI 3.1. `GET /docs`: the same for people. */
export function docsRoutes(app: FastifyInstance, { assets, options }: ServeContext): void {
  const protection = protectionOf(options);
  const documentText = perModel((model) => JSON.stringify(openApiDocument(model, protection)));
  app.get('/openapi.json', ({ model }, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(documentText(model)),
  );
  app.get('/docs', { config: { page: true } }, ({ model }, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(docsPage({ model, assets }, apiOperations(model), protection.asks)),
  );
}
