import { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { artifactFolder, artifactPath, invalidPath } from '../../artifacts/artifact-path.js';
import { sendFile } from '../file-answer.js';
import { requestQuery } from '../request/request-fields.js';
import { guard, type ServerContext } from '../server-context.js';
import { wireFileNames } from '../wire/artifacts.js';

const PREFIX = '/api/2.0/mlflow-artifacts/artifacts';

/** The server's own artifacts, streamed in and out, for clients that may not reach the storage themselves. */
export function addProxiedArtifactRoutes(app: FastifyInstance, context: ServerContext): void {
  const { artifacts } = context;
  for (const prefix of [PREFIX, PREFIX.replace('/api/', '/ajax-api/')]) {
    const nameOf = (request: FastifyRequest) => artifactPath(pathAfter(`${prefix}/`, request));

    app.get(prefix, { onRequest: guard(context, 'viewer') }, async (request) => {
      const folder = artifactFolder(requestQuery(request).get('path') ?? '');
      return { files: await wireFileNames(artifacts, folder) };
    });
    app.get(`${prefix}/*`, { onRequest: guard(context, 'viewer') }, async (request, reply) =>
      sendFile(artifacts, nameOf(request), request, reply),
    );
    app.put(`${prefix}/*`, { onRequest: guard(context, 'editor') }, async (request) => {
      const length = request.headers['content-length'];
      const expected = length === undefined ? {} : { sizeBytes: Number(length) };
      await artifacts.write(
        nameOf(request),
        request.body instanceof Readable ? request.body : Readable.from([]),
        expected,
      );
      return {};
    });
    app.delete(`${prefix}/*`, { onRequest: guard(context, 'editor') }, async (request) => {
      await artifacts.removeTree(nameOf(request));
      return {};
    });
  }
}

/** What stands behind a prefix in the address, decoded once; the router would take encoded slashes for names. */
export function pathAfter(prefix: string, request: FastifyRequest): string {
  const encoded = request.url.split('?', 1)[0].slice(prefix.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalidPath(encoded);
  }
}
