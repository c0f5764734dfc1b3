import { createReadStream } from 'node:fs';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Hash } from 'node:crypto';
import { dataError } from '../data-error.js';
import { errorCode } from './check-file.js';

const CHUNK_BYTES = 1 << 18;

/** How {@link fileBytes} reads: whether to unpack, and a hash that is to see the bytes as they are in the file. */
export interface ByteOptions {
  readonly gzip: boolean;
  readonly hash?: Hash;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a file in chunks, unpacked.
 *
 * @throws DATA_GZIP when the packed bytes are damaged or cut off; DATA_FILE_UNREADABLE; the signal's reason.
 */
export async function* fileBytes(path: string, options: ByteOptions): AsyncGenerator<Buffer> {
  const source = rawBytes(path, options);
  const unpacked = options.gzip
    ? pipeline(Readable.from(source), createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
    : source;
  try {
    for await (const chunk of unpacked) yield toBuffer(chunk);
  } catch (cause) {
    const code = errorCode(cause);
    if (code?.startsWith('Z_') === true) throw dataError('DATA_GZIP', { path, reason: String(cause) }, { cause });
    throw cause;
  }
}

async function* rawBytes(path: string, options: ByteOptions): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      options.signal?.throwIfAborted();
      const bytes = toBuffer(chunk);
      options.hash?.update(bytes);
      yield bytes;
    }
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'EACCES' || code === 'EPERM') {
      throw dataError('DATA_FILE_UNREADABLE', { path, reason: code }, { cause });
    }
    throw cause;
  }
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new TypeError('a byte stream gave something else than bytes');
}
