import { type FastifyInstance } from 'fastify';
import { type ServerContext } from '../server-context.js';

/** The version of MLflow whose interface this is: clients choose by it what they ask for. */
const MLFLOW_VERSION = '3.6.0';

/** What MLflow calls its texts. */
const TEXT = 'text/html; charset=utf-8';

/** What monitors and clients ask before anything else; nobody is refused here. */
export function addAboutRoutes(app: FastifyInstance, { store, artifacts }: ServerContext): void {
  app.get('/health', async (_request, reply) => {
    await store.db.read((queries) => queries.selectFrom('alembic_version').select('version_num').execute());
    return reply.type(TEXT).send('OK');
  });
  app.get('/version', async (_request, reply) => reply.type(TEXT).send(MLFLOW_VERSION));
  for (const prefix of ['api', 'ajax-api']) {
    app.get(`/${prefix}/3.0/mlflow/server-info`, async () => ({
      store_type: 'SqlStore',
      workspaces_enabled: false,
      trace_archival_enabled: false,
      multipart_uploads_enabled: (await artifacts.presign('any', { method: 'PUT' })) !== undefined,
      multipart_downloads_enabled: false,
    }));
  }
}
