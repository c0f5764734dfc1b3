import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/index.js';
import { examsBundle, student, studentScore } from '../exams-bundle.js';

const good = JSON.stringify(student);
const LIMIT = 100_000;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(await examsBundle(), {
    port: 0,
    logLevel: 'silent',
    bodyLimitBytes: LIMIT,
    headersTimeoutMs: 300,
    requestTimeoutMs: 600,
  });
});
afterAll(() => server.close());

/** Writes pieces with pauses, then reads until the server ends the connection. */
async function exchange(pieces: readonly (string | Buffer)[], how: { pauseMs?: number; end?: boolean } = {}) {
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => (received += text));
  // A server that cuts a connection may do it by a reset.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  for (const piece of pieces) {
    if (socket.destroyed || !socket.writable) break;
    socket.write(piece);
    if (how.pauseMs !== undefined) await setTimeout(how.pauseMs);
  }
  if (how.end === true) socket.end();
  await closed;
  return {
    received,
    statuses: [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)),
    codes: [...received.matchAll(/"code":"(SERVE_\w+)"/g)].map(([, code]) => code),
  };
}

function post(body: string | Buffer, headers = '', path = '/predict'): Buffer {
  const head =
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n${headers}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** The one status that a request is answered with, after which the server still answers others. */
async function answerTo(...pieces: readonly (string | Buffer)[]) {
  const { statuses, codes } = await exchange(pieces);
  const response = await fetch(`${server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: good,
  });
  expect(await response.json()).toMatchObject({ prediction: studentScore });
  return [...statuses, ...codes].join(' ');
}

const withScore = (text: string) => good.replace('"reading_score":72', `"reading_score":${text}`);

describe('a body over a socket', () => {
  it.each<[string, string | Buffer, string]>([
    ['malformed JSON', '{"gender":', '400 SERVE_JSON_UNREADABLE'],
    ['no JSON at all', 'gender=female', '400 SERVE_JSON_UNREADABLE'],
    ['an empty body', '', '400 SERVE_JSON_UNREADABLE'],
    ['1e308', withScore('1e308'), '422 SERVE_INPUT_INVALID'],
    ['1e999, which JSON.parse reads as infinity', withScore('1e999'), '422 SERVE_INPUT_INVALID'],
    ['NaN', withScore('NaN'), '400 SERVE_JSON_UNREADABLE'],
    ['Infinity', withScore('-Infinity'), '400 SERVE_JSON_UNREADABLE'],
    ['a number as text', withScore('"72"'), '422 SERVE_INPUT_INVALID'],
    ['a list as a number', withScore('[72]'), '422 SERVE_INPUT_INVALID'],
    ['null', withScore('null'), '422 SERVE_INPUT_INVALID'],
    ['full-width digits', withScore('"７２"'), '422 SERVE_INPUT_INVALID'],
    ['nesting without end', '['.repeat(50_000) + ']'.repeat(50_000), '400 SERVE_JSON_TOO_DEEP'],
    ['a key twice', withScore('72,"reading_score":73'), '400 SERVE_JSON_REPEATED_KEY'],
    ['a prototype', withScore('72,"__proto__":{"lunch":"standard"}'), '422 SERVE_INPUT_INVALID'],
    ['a constructor', withScore('72,"constructor":{"prototype":{}}'), '422 SERVE_INPUT_INVALID'],
    ['a lone surrogate', good.replace('standard', '\\ud800'), '422 SERVE_INPUT_INVALID'],
    ['a NUL', good.replace('standard', '\\u0000'), '422 SERVE_INPUT_INVALID'],
    ['a raw NUL', good.replace('standard', '\0'), '400 SERVE_JSON_UNREADABLE'],
    ['text that runs backwards', good.replace('standard', '\u202Estandard'), '422 SERVE_INPUT_INVALID'],
    ['a byte order mark', `\uFEFF${good}`, '200'],
    ['two byte order marks', `\uFEFF\uFEFF${good}`, '400 SERVE_JSON_UNREADABLE'],
    [
      'overlong UTF-8',
      Buffer.concat([Buffer.from('{"'), Buffer.of(0xc0, 0xaf), Buffer.from('":1}')]),
      '422 SERVE_INPUT_INVALID',
    ],
    ['UTF-16', Buffer.from(good, 'utf16le'), '400 SERVE_JSON_UNREADABLE'],
    ['too much of it', 'x'.repeat(LIMIT + 1), '413 SERVE_BODY_TOO_LARGE'],
  ])('with %s', async (_name, body, expected) => {
    expect(await answerTo(post(body))).toBe(expected);
  });

  it('that says that it is huge is refused before it comes', async () => {
    const head = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n`;
    expect(await answerTo(head)).toBe('413 SERVE_BODY_TOO_LARGE');
  });

  it('that is huge and comes in chunks is refused when it is too much', async () => {
    const head = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    const chunk = `8000\r\n${' '.repeat(0x8000)}\r\n`;
    expect(await answerTo(head, chunk, chunk, chunk, chunk, chunk)).toBe('413 SERVE_BODY_TOO_LARGE');
  });

  it('whose chunks are no chunks is a 400', async () => {
    const head = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    expect(await answerTo(`${head}zz\r\n{}\r\n`)).toBe('400 SERVE_BAD_REQUEST');
    expect(await answerTo(`${head}fffffffffffffffff\r\n{}\r\n`)).toBe('400 SERVE_BAD_REQUEST');
  });
});

describe('a request that could be read in two ways', () => {
  const head = 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  it.each([
    [
      'Content-Length and Transfer-Encoding',
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET`,
    ],
    ['two lengths', `${head}content-length: 5\r\ncontent-length: 6\r\n\r\nhello!`],
    ['a length that is none', `${head}content-length: 0x5\r\n\r\nhello`],
    ['a negative length', `${head}content-length: -5\r\n\r\nhello`],
    ['a transfer coding that is none', `${head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a coding after chunked', `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a space before a colon', `${head}content-length : 5\r\n\r\nhello`],
    ['a folded header', `${head}x: a\r\n b\r\ncontent-length: 5\r\n\r\nhello`],
    ['a line feed alone', 'GET /health HTTP/1.1\nhost: x\n\n'],
    ['a NUL in a header', 'GET /health HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n'],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['another protocol', 'GET /health HTTP/9.9\r\nhost: x\r\n\r\n'],
    ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', Buffer.from('16030100a5010000a1', 'hex')],
  ])('with %s is a 400, and nothing after it is answered', async (_name, bytes) => {
    const { statuses } = await exchange([bytes, 'GET /version HTTP/1.1\r\nhost: x\r\n\r\n']);
    expect(statuses).toEqual([400]);
  });
});

describe('an address', () => {
  const get = (url: string) => answerTo(`GET ${url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  it.each([
    ['/%zz', '400 SERVE_BAD_REQUEST'],
    ['/%', '400 SERVE_BAD_REQUEST'],
    ['/%ff', '400 SERVE_BAD_REQUEST'],
    ['/%00', '404 SERVE_NOT_FOUND'],
    ['/..%2f..%2fetc/passwd', '404 SERVE_NOT_FOUND'],
    ['/assets/../health', '404 SERVE_NOT_FOUND'],
    ['//health', '404 SERVE_NOT_FOUND'],
    ['/health?%zz=%', '200'],
    ['http://other/health', '200'],
  ])('%s is answered by %s', async (url, expected) => {
    expect(await get(url)).toBe(expected);
  });

  it('that is long is a 404, and a 431 when it is longer than all headers may be', async () => {
    expect(await get(`/${'x'.repeat(8000)}`)).toBe('404 SERVE_NOT_FOUND');
    expect(await get(`/${'x'.repeat(40_000)}`)).toBe('431 SERVE_HEADERS_TOO_LARGE');
  });
});

describe('a client that takes its time', () => {
  it('with its headers is cut', async () => {
    const { statuses } = await exchange(['GET /health HTTP/1.1\r\n', ...Array<string>(8).fill('x: y\r\n')], {
      pauseMs: 150,
    });
    expect(statuses).toEqual([408]);
  });

  it('with its body is cut', async () => {
    const head = 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n';
    const { statuses } = await exchange([head, ...Array<string>(12).fill(' ')], { pauseMs: 150 });
    expect(statuses).toEqual([408]);
  });

  it('and does not hang up is cut', async () => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const head = 'POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n';
    socket.write(head);
    const dripping = setInterval(() => socket.write('x'), 50);
    await closed;
    clearInterval(dripping);
  });

  it('and says nothing at all is cut', async () => {
    expect((await exchange([])).statuses).toEqual([408]);
  });
});

describe('a client that hangs up', () => {
  const head = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${good.length}\r\n\r\n`;

  it('in the middle of a request is let go', async () => {
    expect((await exchange([head, good.slice(0, 20)], { end: true })).statuses).toEqual([400]);
    expect((await exchange(['GET /hea'], { end: true })).statuses).toEqual([400]);
    expect((await exchange([], { end: true })).statuses).toEqual([]);
  });

  it('after a request, and still listens, gets its answer', async () => {
    expect((await exchange([head + good], { end: true })).statuses).toEqual([200]);
  });

  it('while it is answered does no harm', async () => {
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(head + good, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect(await answerTo(post(good))).toBe('200');
  });
});

describe('many requests at once on one connection', () => {
  it('are answered in their order, and what follows a broken one is not read', async () => {
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
    const last = 'GET /version HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    expect((await exchange([get('/health') + get('/nothing') + last])).statuses).toEqual([200, 404, 200]);
    expect((await exchange([`${get('/health')}BROKEN\r\n\r\n${last}`])).statuses).toEqual([200, 400]);
  });
});
