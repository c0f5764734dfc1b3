import { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { artifactFolder, artifactPath } from '../../artifacts/artifact-path.js';
import { type ArtifactStore } from '../../artifacts/artifact-store.js';
import { getLoggedModel } from '../../store/logged-models.js';
import { getModelVersionDownloadUri } from '../../store/model-versions.js';
import { getRun } from '../../store/runs.js';
import { type Store } from '../../store/store.js';
import { trackError } from '../../track-error.js';
import { pathParameter, route, type ApiRoute } from '../api-route.js';
import { sendFile } from '../file-answer.js';
import { runId } from '../request/entities.js';
import { text } from '../request/fields.js';
import { requestQuery } from '../request/request-fields.js';
import { guard, type ServerContext } from '../server-context.js';
import { wireFiles } from '../wire/artifacts.js';

const MAX_PAGE_UPLOAD_BYTES = 10 * 1024 * 1024;

/** Lists of the files of runs and logged models. */
export const artifactRoutes: readonly ApiRoute[] = [
  route('GET', 'artifacts/list', 'viewer', async ({ store, artifactsAt, fields }) => {
    const folder = artifactFolder(text(fields, 'path') ?? '');
    const uri = await runArtifacts(store, runId(fields));
    return { root_uri: uri, files: await wireFiles(artifactsAt(uri), folder) };
  }),
  route(
    'GET',
    'logged-models/:modelId/artifacts/directories',
    'viewer',
    async ({ store, artifactsAt, fields, request }) => {
      const folder = artifactFolder(text(fields, 'artifact_directory_path') ?? '');
      const { artifactUri } = await getLoggedModel(store, pathParameter(request, 'modelId'));
      return { root_uri: artifactUri, files: await wireFiles(artifactsAt(artifactUri), folder) };
    },
  ),
];

/** Files for browsers, and from them. */
export function addPageArtifactRoutes(app: FastifyInstance, context: ServerContext): void {
  const { store, artifactsAt } = context;
  const download = (
    url: string,
    find: (query: URLSearchParams, request: FastifyRequest) => Promise<[string, string]>,
  ) => {
    app.get(url, { onRequest: guard(context, 'viewer') }, async (request, reply) => {
      const [uri, name] = await find(requestQuery(request), request);
      return sendFile(artifactsAt(uri), name, request, reply);
    });
  };
  download('/get-artifact', async (query) => {
    const name = artifactPath(query.get('path') ?? '');
    return [await runArtifacts(store, query.get('run_id') ?? query.get('run_uuid') ?? ''), name];
  });
  download('/model-versions/get-artifact', async (query) => {
    const name = artifactPath(query.get('path') ?? '');
    const version = { name: query.get('name') ?? '', version: query.get('version') ?? '' };
    return [await getModelVersionDownloadUri(store, version), name];
  });
  download('/ajax-api/2.0/mlflow/logged-models/:modelId/artifacts/files', async (query, request) => {
    const path = query.get('artifact_file_path') ?? '';
    if (path === '') {
      const message = 'Request must include the "artifact_file_path" query parameter.';
      throw trackError('BAD_REQUEST', { message });
    }
    const { artifactUri } = await getLoggedModel(store, pathParameter(request, 'modelId'));
    return [artifactUri, artifactPath(path)];
  });
  app.post(
    '/ajax-api/2.0/mlflow/upload-artifact',
    { onRequest: guard(context, 'editor') },
    async (request: FastifyRequest, reply: FastifyReply) => {
      await upload(context, request);
      return reply.type('application/json').send('');
    },
  );
}

/** Takes one small file from a page. */
async function upload({ store, artifactsAt }: ServerContext, request: FastifyRequest): Promise<void> {
  const query = requestQuery(request);
  const run = query.get('run_uuid') ?? query.get('run_id') ?? '';
  if (run === '') throw refused('Request must specify run_uuid.');
  const path = query.get('path') ?? '';
  if (path === '') throw refused('Request must specify path.');
  const name = artifactPath(path);
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MAX_PAGE_UPLOAD_BYTES) throw refused('Artifact size is too large. Max size is 10MB.');
  if (length === 0 || !(request.body instanceof Readable)) throw refused('Request must specify data.');
  const files: ArtifactStore = artifactsAt(await runArtifacts(store, run));
  await files.write(name, request.body);
}

async function runArtifacts(store: Store, run: string): Promise<string> {
  const { info } = await getRun(store, run);
  return info.artifactUri ?? '';
}

function refused(message: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message });
}
