import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServedModel } from '../served-model.js';

/** What reads a body, by media type; it is given the model that the request began with. */
export type BodyReaders = Readonly<Record<string, (body: string, model: ServedModel) => unknown>>;

/** Lets the routes of a scope read bodies of these media types and of no other. */
export function readBodies(scope: FastifyInstance, readers: BodyReaders): void {
  scope.removeAllContentTypeParsers();
  for (const [type, read] of Object.entries(readers)) {
    scope.addContentTypeParser(type, { parseAs: 'string' }, async ({ model }: FastifyRequest, body: string) =>
      read(body, model),
    );
  }
}
