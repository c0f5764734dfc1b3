import path from 'node:path';
import { type FastifyInstance } from 'fastify';
import { artifactFolder, artifactPath } from '../../artifacts/artifact-path.js';
import { type UploadPart } from '../../artifacts/artifact-store.js';
import { trackError } from '../../track-error.js';
import { listOf, required, text, whole, wrongValue, type FieldSource } from '../request/fields.js';
import { requestFields } from '../request/request-fields.js';
import { guard, type ServerContext } from '../server-context.js';
import { pathAfter } from './proxied-artifacts.js';

const MAX_PARTS = 10_000;
const PREFIX = '/api/2.0/mlflow-artifacts/mpu';

/** Uploads in parts, which clients send to the storage themselves: for storage that can sign such requests (S3). */
export function addMultipartUploadRoutes(app: FastifyInstance, context: ServerContext): void {
  const verbs = { create, complete, abort };
  for (const [name, verb] of Object.entries(verbs)) {
    const prefix = `${PREFIX}/${name}/`;
    app.post(`${prefix}*`, { onRequest: guard(context, 'editor') }, async (request) => {
      const folder = artifactFolder(pathAfter(prefix, request));
      const fields = requestFields(request);
      const file = artifactPath(path.posix.join(folder, path.posix.basename(required(text, fields, 'path'))));
      return verb(context, file, fields);
    });
  }
}

async function create({ artifacts }: ServerContext, file: string, fields: FieldSource): Promise<object> {
  const count = whole(fields, 'num_parts') ?? 1;
  if (count < 1 || count > MAX_PARTS) {
    throw wrongValue(fields, 'num_parts', count, `Expected 1 to ${MAX_PARTS}.`);
  }
  if ((await artifacts.presign(file, { method: 'PUT' })) === undefined) throw unsupported();
  const uploadId = await artifacts.uploads.start(file);
  const credentials = [];
  for (let number = 1; number <= count; number++) {
    const url = await artifacts.presign(file, { method: 'PUT', part: { uploadId, number } });
    credentials.push({ url, part_number: number });
  }
  return { upload_id: uploadId, credentials };
}

async function complete({ artifacts }: ServerContext, file: string, fields: FieldSource): Promise<object> {
  const id = text(fields, 'upload_id') ?? '';
  const parts = required(listOf(part), fields, 'parts');
  if ((await artifacts.presign(file, { method: 'PUT' })) === undefined) throw unsupported();
  await artifacts.uploads.complete({ path: file, id }, parts);
  return {};
}

async function abort({ artifacts }: ServerContext, file: string, fields: FieldSource): Promise<object> {
  const id = text(fields, 'upload_id') ?? '';
  if ((await artifacts.presign(file, { method: 'PUT' })) === undefined) throw unsupported();
  await artifacts.uploads.abort({ path: file, id });
  return {};
}

function part(source: FieldSource): UploadPart {
  return { number: required(whole, source, 'part_number'), etag: required(text, source, 'etag') };
}

function unsupported(): Error {
  return trackError('NOT_IMPLEMENTED', {
    message: 'Multipart upload is not supported for the current artifact repository',
  });
}
