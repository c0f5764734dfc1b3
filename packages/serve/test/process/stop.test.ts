import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { student } from '../exams-bundle.js';
import { serveHere, serveProcess } from './live-server.js';
import { bundleFile, variants } from './variants.js';

const [{ text }] = await variants(1);

describe('SIGTERM', () => {
  it('answers 503 at /ready and goes on predicting for the drain delay, then ends', async () => {
    const { file } = await bundleFile(text);
    const { url, signal, ended } = await serveHere(file, { drainDelayMs: '600' });
    signal('SIGTERM');
    const ready = await fetch(`${url}/ready`);
    expect(ready.status).toBe(503);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/predict`, { method: 'POST', headers, body: JSON.stringify(student) });
    expect(answer.status).toBe(200);
    await ended;
    await expect(fetch(`${url}/ready`)).rejects.toThrow();
  });

  it('answers the next request of a connection that was quiet, and says that it was the last', async () => {
    const { file } = await bundleFile(text);
    const { url, signal, ended } = await serveHere(file);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const ask = async () => {
      socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
      return String((await once(socket, 'data'))[0]);
    };
    expect(await ask()).toMatch(/connection: keep-alive/i);
    signal('SIGTERM');
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);
    await ended;
  });

  it('cuts a request that does not end in time', async () => {
    const { file } = await bundleFile(text);
    const { url, signal, ended } = await serveHere(file, { stopTimeoutMs: '200' });
    const socket = await halfRequest(url);
    signal('SIGTERM');
    await Promise.all([ended, once(socket, 'close')]);
  });

  it('cuts everything when it comes twice, with exit code 130', async () => {
    const { file } = await bundleFile(text);
    const service = await serveProcess(file);
    const socket = await halfRequest(service.url);
    service.signal('SIGTERM');
    await expect.poll(service.log).toContain('stopping');
    service.signal('SIGTERM');
    await once(socket, 'close');
    expect(await service.ended).toBe(130);
    expect(service.log()).toContain('a second signal to stop came');
  });

  it('ends with exit code 0', async () => {
    const { file } = await bundleFile(text);
    const service = await serveProcess(file);
    service.signal('SIGINT');
    expect(await service.ended).toBe(0);
  });
});

/** A connection whose request's body never comes; the server has seen its head. */
async function halfRequest(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write('POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
  await once(socket, 'connect');
  await fetch(`${url}/health`);
  return socket;
}
