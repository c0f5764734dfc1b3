import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { startTrackingServer, type RunningTrackingServer } from '../../src/server/start-tracking-server.js';
import { openServer, type ServerInTest } from '../server/open-server.js';

const MIB = 1024 ** 2;
const FILE_BYTES = 64 * MIB;
const PART_BYTES = 5 * MIB;
const CHUNK = Buffer.alloc(64 * 1024, 'scorecast');
const PATH = '/api/2.0/mlflow-artifacts/artifacts/large.bin';

/** What is still on its way: sent by one side, and not yet taken by the other. */
class Way {
  #sent = 0;
  #taken = 0;
  #most = 0;

  send(bytes: number): void {
    this.#sent += bytes;
    this.#most = Math.max(this.#most, this.#sent - this.#taken);
  }

  take(bytes: number): void {
    this.#taken += bytes;
  }

  get takenBytes(): number {
    return this.#taken;
  }

  /** The most that was ever on its way. */
  get mostBytes(): number {
    return this.#most;
  }

  /** The chunks of the file, each counted when it is asked for. */
  *chunks(): Generator<Buffer> {
    for (let sent = 0; sent < FILE_BYTES; sent += CHUNK.length) {
      this.send(CHUNK.length);
      yield CHUNK;
    }
  }
}

/** A storage that keeps nothing: it takes parts slowly and gives the file from nowhere. */
async function startStorage() {
  const ways = { up: new Way(), down: new Way() };
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { searchParams: query } = new URL(incoming.url ?? '', 'http://storage');
    if (incoming.method === 'GET') {
      response.writeHead(200, { 'content-length': FILE_BYTES, etag: '"e"' });
      await pipeline(Readable.from(ways.down.chunks()), response);
      return;
    }
    for await (const piece of incoming) {
      if (query.has('partNumber')) ways.up.take(piece.length);
      await turns(1);
    }
    response.setHeader('etag', `"${'0'.repeat(32)}"`);
    response.end(query.has('uploads') ? '<Result><UploadId>u</UploadId></Result>' : '<Result></Result>');
  };
  const server = createServer((incoming, response) => {
    // A request that breaks off is seen by the test as what it lacks.
    answer(incoming, response).catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { ways, server, endpoint: `http://127.0.0.1:${port}` };
}

/** Lets whatever else is ready go first, so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a large artifact in S3, sent through the server', () => {
  let storage: Awaited<ReturnType<typeof startStorage>>;
  let inner: ServerInTest;
  let server: RunningTrackingServer;

  beforeAll(async () => {
    storage = await startStorage();
    const env = { AWS_ENDPOINT_URL: storage.endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    inner = await openServer();
    const artifacts = openArtifactStore('s3://bucket', { env, partBytes: PART_BYTES });
    server = await startTrackingServer({ store: inner.store, artifacts, port: 0, logLevel: 'silent' });
  });
  afterAll(async () => {
    await server.close();
    await inner.close();
    storage.server.closeAllConnections();
    storage.server.close();
  });

  it('waits at its sender while a few parts are under way', async () => {
    const { up } = storage.ways;
    const { port } = new URL(server.url);
    const sent = request({
      port,
      method: 'PUT',
      path: PATH,
      headers: { host: 'localhost', 'content-length': FILE_BYTES },
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject);
    });
    await pipeline(Readable.from(up.chunks()), sent);
    expect((await answered).statusCode).toBe(200);
    expect(up.takenBytes).toBe(FILE_BYTES);
    // Two parts under way, one that fills, and what sockets hold; a server that held the file would have all of it.
    expect(up.mostBytes).toBeLessThan(FILE_BYTES / 2);
  });

  it('waits in the storage while its reader is slow', async () => {
    const { down } = storage.ways;
    const answer = await fetch(`${server.url}${PATH}`);
    for await (const piece of answer.body ?? []) {
      down.take(piece.length);
      await turns(3);
    }
    expect(down.takenBytes).toBe(FILE_BYTES);
    expect(down.mostBytes).toBeLessThan(FILE_BYTES / 2);
  });
});
