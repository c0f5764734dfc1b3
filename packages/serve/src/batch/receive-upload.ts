import { createWriteStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ScorecastError } from '@scorecast/core';
import { serveError } from '../serve-error.js';

/** What came with a file. */
export interface Upload {
  /** The other fields of the form. */
  readonly fields: ReadonlyMap<string, string>;
}

/** A form has a file and a few switches. */
const MAX_FIELDS = 10;
const MAX_FIELD_BYTES = 1000;

/**
 * Writes an upload into a file as it arrives: the body itself, or the first file of a form.
 *
 * @throws SERVE_BATCH_TOO_LARGE, SERVE_BATCH_NO_FILE, SERVE_BAD_REQUEST
 */
export async function receiveUpload(
  body: Readable,
  headers: IncomingHttpHeaders,
  target: string,
  limitBytes: number,
): Promise<Upload> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    return receiveForm(body, { ...headers, 'content-type': type }, target, limitBytes);
  }
  await pipeline(body, limitSize(limitBytes), createWriteStream(target));
  return { fields: new Map() };
}

async function receiveForm(
  body: Readable,
  headers: IncomingHttpHeaders & { readonly 'content-type': string },
  target: string,
  limitBytes: number,
): Promise<Upload> {
  const { Busboy } = await import('@fastify/busboy');
  const form = openForm(() => {
    const limits = { files: 1, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES };
    return new Busboy({ headers, limits });
  });
  const fields = new Map<string, string>();
  let writing: Promise<void> | undefined;
  form.on('field', (name, value) => fields.set(name, value));
  form.on('file', (_field, file) => {
    writing = pipeline(file, limitSize(limitBytes), createWriteStream(target));
    // Where the file cannot be written, nobody reads the rest of the form.
    writing.catch((error: unknown) => form.destroy(error instanceof Error ? error : undefined));
  });
  try {
    await pipeline(body, form);
    await writing;
  } catch (cause) {
    if (cause instanceof ScorecastError || isOfTheSystem(cause)) throw cause;
    throw serveError('SERVE_BAD_REQUEST', { reason: 'its form is not whole' }, { cause });
  }
  if (writing === undefined) throw serveError('SERVE_BATCH_NO_FILE', {});
  return { fields };
}

/** A full disk is no mistake of the form. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function openForm<T>(open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw serveError('SERVE_BAD_REQUEST', { reason: 'its form names no boundary' }, { cause });
  }
}

/** Passes on what comes up to a limit, and takes in the rest, so that its sender is there to hear what is wrong. */
function limitSize(limitBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > limitBytes) done();
      else done(null, chunk);
    },
    flush(done) {
      if (bytes === 0) done(serveError('SERVE_BATCH_NO_FILE', {}));
      else if (bytes > limitBytes) done(serveError('SERVE_BATCH_TOO_LARGE', { limitBytes }));
      else done();
    },
  });
}
