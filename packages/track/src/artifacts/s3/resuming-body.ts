import { Readable } from 'node:stream';
import { trackError } from '../../track-error.js';
import type { S3Client } from './s3-client.js';
import { AS_STORED } from './s3-objects.js';

/** What of an object is read, and where. */
export interface ResumedRead {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Which state of the object: another one is refused. */
  readonly etag: string;
}

/** How often in a row a broken answer is continued without a single byte having come. */
const FRUITLESS_ATTEMPTS = 3;

/**
 * The body of an answer, which goes on with a request for the rest where the connection breaks. Destroying it ends the
 * request.
 */
export function resumingBody(
  client: S3Client,
  first: Response,
  read: ResumedRead,
  controller: AbortController,
): Readable {
  const chunks = resumedChunks(client, first, read, controller.signal);
  const body = new Readable({
    read() {
      chunks.next().then(
        ({ done, value }) => body.push(done === true ? null : value),
        (error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      controller.abort();
      done(error);
    },
  });
  return body;
}

async function* resumedChunks(
  client: S3Client,
  first: Response,
  read: ResumedRead,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let answer = first;
  let position = read.start;
  for (let fruitless = 0; ; fruitless++) {
    try {
      for await (const chunk of bytesOf(answer)) {
        position += chunk.length;
        fruitless = 0;
        yield chunk;
      }
      if (position >= read.end) return;
    } catch (error) {
      if (signal.aborted || fruitless === FRUITLESS_ATTEMPTS) throw broken(client, error);
    }
    if (fruitless === FRUITLESS_ATTEMPTS) throw broken(client, undefined);
    const headers = { range: `bytes=${position}-${read.end - 1}`, 'if-match': read.etag };
    answer = await client.open({ method: 'GET', key: read.key, query: AS_STORED, headers, signal, accept: [412] });
    if (answer.status !== 206) throw changed(client, read.key);
  }
}

/** Fetch's types leave open what a body's chunks are. */
async function* bytesOf(answer: Response): AsyncGenerator<Uint8Array> {
  if (answer.body === null) return;
  for await (const chunk of answer.body) if (chunk instanceof Uint8Array) yield chunk;
}

function broken(client: S3Client, cause: unknown): Error {
  const message = `the artifact storage ${client.uri} broke off an answer again and again`;
  return trackError('TEMPORARILY_UNAVAILABLE', { message }, { cause });
}

function changed(client: S3Client, key: string): Error {
  const message = `the artifact ${client.uri}/${key} was written anew while it was read: read it again`;
  return trackError('ABORTED', { message });
}
