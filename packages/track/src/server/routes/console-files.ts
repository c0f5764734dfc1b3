import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { nothingAt } from '../answer-errors.js';
import { pathParameter } from '../api-route.js';

/** The kinds of files that a build of the pages has; others are not sent. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** One name without slashes and without `..`, so that it cannot lead out of its folder. */
const FILE_NAME = /^[\w-]+(?:\.[\w-]+)+$/u;

/** A build gives a changed file there another name, so that browsers need not ask for it again. */
const NAMED_BY_CONTENT = 'assets';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Sends the built pages: the files of a folder and of `assets` in it, as they are at the time. */
export function addConsoleRoutes(app: FastifyInstance, folder: string): void {
  app.get('/', async (request, reply) => send(request, reply, path.join(folder, 'index.html'), 'no-cache'));
  const addFolder = (url: string, place: string, caching: string) => {
    app.get(`${url}/:file`, async (request, reply) => {
      const name = pathParameter(request, 'file');
      if (!FILE_NAME.test(name)) throw nothingAt(request);
      return send(request, reply, path.join(place, name), caching);
    });
  };
  addFolder('', folder, 'no-cache');
  addFolder(`/${NAMED_BY_CONTENT}`, path.join(folder, NAMED_BY_CONTENT), FOR_EVER);
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
  caching: string,
): Promise<FastifyReply> {
  const type = MEDIA_TYPES.get(path.extname(file));
  const found = type === undefined ? undefined : await stat(file).catch(() => undefined);
  if (type === undefined || found?.isFile() !== true) throw nothingAt(request);
  const etag = `"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`;
  void reply.header('etag', etag).header('cache-control', caching);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type(type).send(await readFile(file));
}
