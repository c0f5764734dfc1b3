import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServedModel } from '../served-model.js';

/** What reads a body, by media type; it is given the model that the request began with. */
export type BodyReaders = Readonly<Record<string, (body: string, model: ServedModel) => unknown>>;

/** Lets the routes of a scope read bodies of these media types and of no other. */
export function readBodies(scope: FastifyInstance, readers: BodyReaders): void {
  scope.removeAllContentTypeParsers();
  for (const [type, read] of Object.entries(readers)) {
    // By a callback: a promise would let every request wait for one more turn.
    scope.addContentTypeParser(type, { parseAs: 'string' }, ({ model }: FastifyRequest, body: string, done) => {
      let value: unknown;
      try {
        value = read(body, model);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done(null, value);
    });
  }
}
