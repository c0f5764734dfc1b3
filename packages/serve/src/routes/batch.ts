import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { exampleCsv } from '../answer/example-csv.js';
import type { BatchFormat, ScoredListener } from '../batch/batch-job.js';
import { batchQueue, type BatchQueue } from '../batch/batch-queue.js';
import { receiveUpload } from '../batch/receive-upload.js';
import { runBatch } from '../batch/run-batch.js';
import { batchPage } from '../pages/batch-page.js';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';
import type { ServedModel } from '../served-model.js';

const MEDIA_TYPES: Readonly<Record<BatchFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};
const FORM = 'multipart/form-data';
const READ_TYPES = ['text/csv', MEDIA_TYPES.parquet, 'application/octet-stream', FORM];

/**
 * `POST /batch`: a CSV or Parquet file, as the body or in a form, comes back with predictions and intervals beside its
 * rows, and what is wrong beside those that cannot be predicted. `GET` and `POST /predictfile`: the same for people.
 * `GET /predictfile/template.csv`: a file to fill in.
 *
 * The file is written to the disk as it arrives and scored by a thread of its own; it is answered when all of it has been
 * scored, so that a mistake in its last line is told by the status and not by a torn answer. Files are scored one at a time.
 */
export function batchRoutes(app: FastifyInstance, context: ServeContext): void {
  const { options, assets } = context;
  const queue = batchQueue();
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(READ_TYPES, (_request, payload, done) => {
      done(null, payload);
    });
    const limits = { bodyLimit: options.batchLimitBytes + FORM_OVERHEAD_BYTES };
    for (const [path, config] of [
      ['/batch', { reads: 'text/csv, application/vnd.apache.parquet or multipart/form-data' }],
      ['/predictfile', { page: true, reads: FORM }],
    ] as const) {
      scope.post<{ Querystring: Readonly<Record<string, unknown>> }>(path, { ...limits, config }, (request, reply) =>
        answerFile(request, reply, queue, context),
      );
    }
  });
  app.get('/predictfile', { config: { page: true } }, ({ model }, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(batchPage({ model, assets }, options)),
  );
  app.get('/predictfile/template.csv', ({ model }, reply) =>
    reply
      .type(MEDIA_TYPES.csv)
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="${fileName(model.bundle.name)}.csv"`)
      .send(exampleCsv(model.bundle, 3)),
  );
}

/** What a form has besides its file. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

async function answerFile(
  request: FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>,
  reply: FastifyReply,
  queue: BatchQueue,
  context: ServeContext,
): Promise<FastifyReply> {
  const { options } = context;
  const { body, model } = request;
  if (!(body instanceof Readable)) throw serveError('SERVE_BATCH_NO_FILE', {});
  const folder = await temporaryFolder();
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const [source, target] = [join(folder, 'source'), join(folder, 'target')];
    const { fields } = await receiveUpload(body, request.headers, source, options.batchLimitBytes);
    const decimalComma = isOn(fields.get('decimalComma') ?? request.query['decimalComma']);
    const job = { source, target, bundle: model.bundle, decimalComma, maxRows: options.batchMaxRows };
    const result = await queue(() => runBatch(job, noteScored(model, context), endOf(reply)));
    const file = await open(target);
    const { size } = await file.stat();
    const answer = file.createReadStream();
    // An open file can be read after its name is gone; where it cannot lose its name yet, it does so when it was read.
    await remove().catch(() => answer.once('close', () => void remove()));
    return await reply
      .type(MEDIA_TYPES[result.format])
      .header('cache-control', 'no-store')
      .header('content-length', size)
      .header('content-disposition', `attachment; filename="predictions.${result.format}"`)
      .header('x-scorecast-model', `${model.bundle.name} ${model.bundle.version}`)
      .header('x-scorecast-rows', result.rows)
      .header('x-scorecast-refused-rows', result.refused)
      .send(answer);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Counts and logs what is scored, and holds the batch back while the log cannot keep up. */
function noteScored({ bundle, counts }: ServedModel, { recorder }: ServeContext): ScoredListener {
  return async ({ features, predictions, problems, identifiers }) => {
    counts.predicted(features, predictions);
    counts.refused(problems);
    const given = { bundle, features, predictions, isSingle: false, records: identifiers };
    const id = recorder.record({ route: 'batch', ...given });
    await recorder.log?.room();
    return id;
  };
}

/** @throws SERVE_BATCH_FOLDER where nothing can be written, as in a container without a /tmp. */
async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'scorecast-batch-'));
  } catch (cause) {
    throw serveError('SERVE_BATCH_FOLDER', {}, { cause });
  }
}

/** Aborts when the caller goes away before the answer. */
function endOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) gone.abort(serveError('SERVE_BAD_REQUEST', { reason: 'its sender went away' }));
  });
  return gone.signal;
}

/** A checkbox sends `on`, programs write `true`. */
function isOn(value: unknown): boolean {
  return value === 'on' || value === 'true' || value === '1';
}

/** A model's name as part of a file's name. */
function fileName(name: string): string {
  return name.replaceAll(/[^\w-]+/g, '-');
}
