import type { FastifyInstance } from 'fastify';

/** Lets the routes of a scope read bodies of these media types and of no other. */
export function readBodies(scope: FastifyInstance, readers: Readonly<Record<string, (body: string) => unknown>>): void {
  scope.removeAllContentTypeParsers();
  for (const [type, read] of Object.entries(readers)) {
    scope.addContentTypeParser(type, { parseAs: 'string' }, async (_request: unknown, body: string) => read(body));
  }
}
