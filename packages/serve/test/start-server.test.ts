import { connect, createServer as createNetServer } from 'node:net';
import { request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { answerBrokenRequest } from '../src/answer/answer-broken-request.js';
import { startServer, type ListenOptions, type RunningServer } from '../src/index.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const bundle = await examsBundle();
const running: RunningServer[] = [];

async function start(options: ListenOptions = {}): Promise<RunningServer> {
  const server = await startServer(bundle, { port: 0, logLevel: 'silent', ...options });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** Sends bytes as they are and returns everything that comes back until the connection ends. */
async function exchange(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

describe('startServer', () => {
  it('serves predictions on a real port', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    const response = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(student),
    });
    expect(await response.json()).toMatchObject({ prediction: studentScore });
  });

  it('listens on every address when told 0.0.0.0', async () => {
    const { url } = await start({ host: '0.0.0.0' });
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('says which port is in use and what to do', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'SERVE_PORT_IN_USE',
      exitCode: 1,
      message: expect.stringContaining(
        `port ${port} on 127.0.0.1 is in use by another program (stop that program, or choose`,
      ),
    });
  });

  it('names a host that is none of this machine', async () => {
    await expect(start({ host: '203.0.113.7' })).rejects.toMatchObject({ code: 'SERVE_HOST_UNKNOWN' });
  });

  it('refuses options that make no sense', async () => {
    for (const options of [
      { port: 70_000 },
      { port: 1.5 },
      { maxRecords: 0 },
      { bodyLimitBytes: -1 },
      { requestTimeoutMs: NaN },
    ]) {
      await expect(start(options)).rejects.toMatchObject({ code: 'SERVE_OPTION', exitCode: 2 });
    }
  });
});

describe('closing', () => {
  it('frees the port', async () => {
    const first = await startServer(bundle, { port: 0, logLevel: 'silent' });
    const port = Number(new URL(first.url).port);
    await first.close();
    expect((await start({ port })).url).toBe(first.url);
  });

  it('ends connections that nobody uses at once, even one that never had a request', async () => {
    const server = await startServer(bundle, { port: 0, logLevel: 'silent' });
    await fetch(`${server.url}/health`);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const ended = once(socket, 'close');
    socket.resume();
    await server.close();
    await ended;
  });

  it('lets a running request finish', async () => {
    const server = await startServer(bundle, { port: 0, logLevel: 'silent' });
    const body = JSON.stringify(student);
    const outgoing = request(`${server.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const answered = once(outgoing, 'response');
    outgoing.write(body.slice(0, 10));
    await new Promise((resolve) => outgoing.on('socket', (socket) => socket.once('connect', resolve)));
    // The server must have seen the request's head before it is told to close.
    await fetch(`${server.url}/health`);
    const closed = server.close();
    outgoing.end(body.slice(10));
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    expect(JSON.parse(await text(response)).prediction).toBe(studentScore);
    await closed;
  });
});

describe('what is no proper HTTP', () => {
  it('is a 400 as problem+json', async () => {
    const { url } = await start();
    const answer = await exchange(url, 'HELLO\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status: 400, code: 'SERVE_BAD_REQUEST' });
  });

  it('is a 431 when its headers are too large', async () => {
    const { url } = await start();
    const answer = await exchange(url, `GET / HTTP/1.1\r\nhost: x\r\nbig: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is refused by 404 or 405 when its method is unusual', async () => {
    const { url } = await start();
    const answer = await exchange(url, 'PROPFIND /predict HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain('allow: POST');
  });

  it('is a 408 when it does not arrive in time', async () => {
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    const server = createNetServer((socket) => answerBrokenRequest(late, socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const socket = connect(typeof address === 'string' ? 0 : (address?.port ?? 0), '127.0.0.1');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 .*"code":"SERVE_REQUEST_TIMEOUT"/s);
    server.close();
  });
});
