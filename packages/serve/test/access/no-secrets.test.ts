import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createServeKey } from '../../src/access/key-file.js';
import { createServer, startServer } from '../../src/index.js';
import { examsBundle, examsReference, student } from '../exams-bundle.js';
import { startIssuer } from './local-issuer.js';

const folder = await mkdtemp(path.join(tmpdir(), 'scorecast-secrets-'));
const issuer = await startIssuer();
afterAll(async () => {
  issuer.close();
  await rm(folder, { recursive: true });
});

/** What stands for the value of a field, so that it can be found wherever it gets to. */
const VALUE = 'PLANTED';

it('no key, token or input value gets into a log line, a metric or the answer to somebody else', async () => {
  const apiKeys = path.join(folder, 'keys.json');
  const { key } = await createServeKey(apiKeys, { label: 'all', scopes: ['predict', 'outcomes', 'metrics'] });
  const token = await issuer.sign({ secret: VALUE });
  const lines: string[] = [];
  const options = {
    apiKeys,
    oidcIssuer: issuer.url,
    oidcAudience: 'scores',
    rateLimit: { requests: 100, windowMs: 3_600_000 },
    trustProxy: ['127.0.0.1'],
    logPredictions: path.join(folder, 'log'),
    logLevel: 'debug',
    logStream: { write: (line: string) => void lines.push(line) },
  } as const;
  const bundle = await examsBundle({ reference: examsReference });
  const app = await createServer(bundle, options);
  const odd = { ...student, lunch: VALUE, [VALUE]: VALUE, reading_score: 1e308 };
  const bodies: readonly [string, string][] = [
    ['application/json', JSON.stringify(student)],
    ['application/json', JSON.stringify(odd)],
    ['application/json', `{"${VALUE}`],
    ['application/json', `{"${VALUE}":1,"${VALUE}":2}`],
    ['application/json', JSON.stringify({ instances: [odd], [VALUE]: VALUE })],
    ['application/x-ndjson', `${JSON.stringify(student)}\n{"a": ${VALUE}}`],
    ['text/csv', `gender,${VALUE}\n${VALUE},"${VALUE}`],
    ['application/x-www-form-urlencoded', `lunch=${VALUE}&${VALUE}=${VALUE}`],
    [`application/${VALUE}`, VALUE],
  ];
  const credentials = [
    { 'x-api-key': key },
    { authorization: `Bearer ${token}` },
    { authorization: `Basic ${Buffer.from(`${VALUE}:${key}`).toString('base64')}` },
    { 'x-api-key': `${key}${VALUE}` },
    { authorization: `Bearer ${token}${VALUE}` },
    { authorization: `Bearer ${VALUE}` },
  ];
  const more = { 'x-request-id': key, cookie: VALUE, 'user-agent': VALUE, 'x-forwarded-for': VALUE };
  const answers: string[] = [];
  let metrics = '';
  for (const headers of credentials) {
    for (const [type, payload] of bodies) {
      for (const url of ['/predict', '/api/predict', '/invocations', '/predictdata', '/outcomes', '/batch']) {
        const post = { method: 'POST', payload, headers: { ...more, ...headers, 'content-type': type } } as const;
        const response = await app.inject({ ...post, url: `${url}?explain=${VALUE}&key=${key}` });
        answers.push(JSON.stringify(response.headers), response.body);
      }
    }
    // Later ones are one too many.
    if (headers === credentials[0]) metrics = (await app.inject({ url: '/metrics', headers })).body;
    for (const url of ['/', `/${key}`, `/predictions/${key}`, `/model?${VALUE}`, '/metrics', `/%zz${key}`]) {
      const response = await app.inject({ url, headers: { ...more, ...headers } });
      answers.push(JSON.stringify(response.headers), response.body);
    }
  }
  await app.close();
  const server = await startServer(bundle, { ...options, port: 0 });
  for (const bytes of [
    `GET / HTTP/1.1\r\n${VALUE}\r\n\r\n`,
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: x${key}\r\n\r\n`,
  ]) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(bytes);
    answers.push(await text(socket));
  }
  await server.close();

  expect(metrics).toContain('scorecast_input_problems_total');
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(300);
  const secret = key.slice(-43);
  for (const planted of [secret, token, token.split('.')[2] ?? '', VALUE]) {
    expect(log).not.toContain(planted);
    expect(metrics).not.toContain(planted);
  }
  expect(log).not.toContain('1e+308');
  // Who sends a value gets it back to see what was wrong with it; a key never comes back.
  expect(answers.join('\n')).toContain(VALUE);
  for (const planted of [secret, token]) expect(answers.join('\n')).not.toContain(planted);
});
