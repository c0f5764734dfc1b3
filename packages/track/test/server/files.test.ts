import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactStore } from '../../src/artifacts/artifact-store.js';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { createTrackingServer } from '../../src/server/create-tracking-server.js';
import { startTrackingServer, type RunningTrackingServer } from '../../src/server/start-tracking-server.js';
import { openServer, type ServerInTest } from './open-server.js';

const FILES = '/api/2.0/mlflow-artifacts/artifacts';
const PARTS = '/api/2.0/mlflow-artifacts/mpu';
const HOST = { host: 'localhost' };

describe('a file', () => {
  let server: ServerInTest;
  let running: RunningTrackingServer;
  beforeEach(async () => {
    server = await openServer();
    const { store } = server;
    const artifacts = openArtifactStore(`${server.folder}/artifacts`);
    running = await startTrackingServer({ store, artifacts, port: 0, logLevel: 'silent' });
  });
  afterEach(async () => {
    await running.close();
    await server.close();
  });

  it('is sent in the parts that are asked for', async () => {
    await fetch(`${running.url}${FILES}/a.bin`, { method: 'PUT', body: '0123456789' });
    const part = await fetch(`${running.url}${FILES}/a.bin`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    const rest = await fetch(`${running.url}${FILES}/a.bin`, { headers: { range: 'bytes=7-' } });
    expect([rest.status, await rest.text()]).toEqual([206, '789']);
    const behind = await fetch(`${running.url}${FILES}/a.bin`, { headers: { range: 'bytes=10-' } });
    expect([behind.status, (await behind.json()).error_code]).toEqual([416, 'INVALID_PARAMETER_VALUE']);
  });

  it('comes as a download whatever it is, and keeps its name', async () => {
    await fetch(`${running.url}${FILES}/pages/${encodeURIComponent('żółw "1".html')}`, { method: 'PUT', body: '<b>' });
    const page = await fetch(`${running.url}${FILES}/pages/${encodeURIComponent('żółw "1".html')}`);
    expect(page.headers.get('content-type')).toBe('text/plain');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('content-disposition')).toBe(
      `attachment; filename="_____1_.html"; filename*=UTF-8''%C5%BC%C3%B3%C5%82w%20%221%22.html`.replace(
        '_____1',
        '___w _1',
      ),
    );
  });

  it('that breaks off is not there', async () => {
    const { port } = new URL(running.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`PUT ${FILES}/half.bin HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nonly a part`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await expect.poll(async () => (await (await fetch(`${running.url}${FILES}?path=`)).json()).files).toEqual([]);
    expect((await fetch(`${running.url}${FILES}/half.bin`)).status).toBe(404);
  });

  it('may be empty', async () => {
    await fetch(`${running.url}${FILES}/empty.txt`, { method: 'PUT', body: '' });
    const response = await fetch(`${running.url}${FILES}/empty.txt`);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each(['/../x', '/%2e%2e/x', '/a/%2e%2e/%2e%2e/x', '/%252e%252e/x', '/a%00b', '//etc/passwd'])(
    'is not looked for at %s',
    async (path) => {
      const { port } = new URL(running.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`GET ${FILES}${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
      expect(answer).toContain('Invalid path');
    },
  );
});

describe('an upload in parts', () => {
  let server: ServerInTest;
  let artifacts: ArtifactStore;
  beforeEach(async () => {
    server = await openServer();
    // A store whose parts may be sent past the server, as in S3.
    const presign: ArtifactStore['presign'] = async (path, { part }) => `${path}#${part?.uploadId}#${part?.number}`;
    artifacts = { ...openArtifactStore(`${server.folder}/artifacts`), presign };
    await server.app.close();
    server = { ...server, app: await createTrackingServer({ store: server.store, artifacts, logLevel: 'silent' }) };
  });
  afterEach(async () => {
    await server.app.close();
    await server.close();
  });

  const ask = async (url: string, payload: object) =>
    (await server.app.inject({ method: 'POST', url, headers: HOST, payload })).json();

  it('goes past the server, and is a file when it is complete', async () => {
    const path = '/home/ada/big.bin';
    const { upload_id, credentials } = await ask(`${PARTS}/create/1/run/artifacts`, { path, num_parts: 2 });
    expect(credentials).toEqual([
      { url: `1/run/artifacts/big.bin#${upload_id}#1`, part_number: 1 },
      { url: `1/run/artifacts/big.bin#${upload_id}#2`, part_number: 2 },
    ]);
    const key = { path: '1/run/artifacts/big.bin', id: upload_id };
    const first = await artifacts.uploads.write(key, 1, Readable.from(['the start and ']));
    const second = await artifacts.uploads.write(key, 2, Readable.from(['the end']));
    const parts = [first, second].map(({ number, etag }) => ({ part_number: number, etag }));
    expect(await ask(`${PARTS}/complete/1/run/artifacts`, { path, upload_id, parts })).toEqual({});
    const response = await server.app.inject({ url: `${FILES}/1/run/artifacts/big.bin`, headers: HOST });
    expect(response.body).toBe('the start and the end');
  });

  it('leaves nothing when it is given up', async () => {
    const { upload_id } = await ask(`${PARTS}/create/1/run`, { path: 'big.bin', num_parts: 1 });
    await artifacts.uploads.write({ path: '1/run/big.bin', id: upload_id }, 1, Readable.from(['a part']));
    expect(await ask(`${PARTS}/abort/1/run`, { path: 'big.bin', upload_id })).toEqual({});
    expect((await server.app.inject({ url: `${FILES}/1/run/big.bin`, headers: HOST })).statusCode).toBe(404);
    for await (const leftover of artifacts.leftovers()) expect(leftover).toBeUndefined();
  });

  it('has 1 to 10000 parts', async () => {
    const answer = await ask(`${PARTS}/create/1/run`, { path: 'big.bin', num_parts: 10_001 });
    expect(answer.message).toContain("Invalid value 10001 for parameter 'num_parts' supplied: Expected 1 to 10000.");
  });
});

describe('a tracking server', () => {
  it('says when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { store, folder, close } = await openServer();
    const starting = startTrackingServer({ store, artifacts: openArtifactStore(folder), port, logLevel: 'silent' });
    await expect(starting).rejects.toMatchObject({ code: 'TRACK_LISTEN' });
    other.close();
    await close();
  });

  it('does not open itself to other machines without rules', async () => {
    const { store, folder, close } = await openServer();
    const starting = startTrackingServer({ store, artifacts: openArtifactStore(folder), host: '0.0.0.0', port: 0 });
    await expect(starting).rejects.toMatchObject({ code: 'TRACK_ACCESS_OPEN' });
    await close();
  });

  it('answers what is running when it closes, and ends idle connections', async () => {
    const { store, folder, close } = await openServer();
    const kept = openArtifactStore(folder);
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const artifacts: ArtifactStore = {
      ...kept,
      write: (path, content) => {
        begin();
        return kept.write(path, content);
      },
    };
    const server = await startTrackingServer({ store, artifacts, port: 0, logLevel: 'silent' });
    const { port } = new URL(server.url);
    const idle = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    const writing = connect(Number(port), '127.0.0.1');
    writing.write(`PUT ${FILES}/slow.txt HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\n\r\nab`);
    await begun;
    const closed = server.close();
    writing.write('cd');
    expect(await text(writing)).toMatch(/^HTTP\/1\.1 200 /u);
    await closed;
    await expect.poll(() => idle.destroyed).toBe(true);
    expect(await text((await kept.read('slow.txt')).body)).toBe('abcd');
    await close();
  });
});
