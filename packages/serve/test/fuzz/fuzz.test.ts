import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bundle } from '@scorecast/core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createServeKey } from '../../src/access/key-file.js';
import { createServer, startServer, type ServerOptions } from '../../src/index.js';
import { examsBundle, examsReference } from '../exams-bundle.js';
import { requestsFor, type FuzzRequest } from './api-requests.js';
import { answerChecker, type Answer } from './check-answer.js';
import { oddBundle } from './odd-bundle.js';
import { asSchema } from './schema-values.js';
import { sendRaw } from './send-raw.js';

/**
 * `SCORECAST_FUZZ=20000 npx vitest run packages/serve/test/fuzz` sends that many requests; every tenth of them goes over a
 * socket. `SCORECAST_FUZZ_SEED` makes others than those of every run.
 */
const REQUESTS = Number(process.env['SCORECAST_FUZZ'] ?? 300);
const seed = Number(process.env['SCORECAST_FUZZ_SEED'] ?? 42);

const folder = await mkdtemp(path.join(tmpdir(), 'scorecast-fuzz-'));
afterAll(() => rm(folder, { recursive: true }));
const apiKeys = path.join(folder, 'keys.json');
const { key } = await createServeKey(apiKeys, { label: 'fuzz', scopes: ['admin'] });

const services: readonly [string, Bundle, ServerOptions][] = [
  [
    'exams, with a log of predictions',
    await examsBundle({ reference: examsReference }),
    { logPredictions: path.join(folder, 'log') },
  ],
  ['odd, with keys and rates', await oddBundle(), { apiKeys, rateLimit: { requests: 1_000_000, windowMs: 1000 } }],
];

describe.each(services)('whatever is sent to the service %s', (_name, bundle, given) => {
  // A machine that is busy with other tests is not what is tested here.
  const options = { ...given, maxLoopDelayMs: 60_000, logLevel: 'silent' } as const;
  const closers: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(closers.map((close) => close())));

  it('in the process is answered as its description says, never by a 5xx', async () => {
    const app = await createServer(bundle, options);
    closers.push(() => app.close());
    await fuzz(await documentOf(app), REQUESTS * 0.45, async ({ method, url, headers, payload }) => {
      const response = await app.inject({
        method: METHODS.find((known) => known === method) ?? 'GET',
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      const type = response.headers['content-type'];
      return { status: response.statusCode, type: type?.toString(), body: response.body };
    });
  });

  it('over a socket is, too', async () => {
    const app = await createServer(bundle, options);
    const document = await documentOf(app);
    await app.close();
    const server = await startServer(bundle, { ...options, port: 0 });
    closers.push(() => server.close());
    await fuzz(document, REQUESTS * 0.05, (request) => sendRaw(server.url, request));
  });
});

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const;

async function documentOf(app: Awaited<ReturnType<typeof createServer>>) {
  return asSchema((await app.inject({ url: '/openapi.json', headers: { 'x-api-key': key } })).json());
}

async function fuzz(
  document: ReturnType<typeof asSchema>,
  numRuns: number,
  send: (request: FuzzRequest) => Promise<Answer>,
): Promise<void> {
  const check = answerChecker(document);
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requestsFor(document), async (request) => {
      // One in four requests brings no key, where it need not be right.
      const isKeyless = !request.isRight && request.url.length % 4 === 0;
      const headers = isKeyless ? request.headers : { 'x-api-key': key, ...request.headers };
      const answer = await send({ ...request, headers });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(check(request, answer)).toBeUndefined();
    }),
    { numRuns: Math.round(numRuns), seed },
  );
  // A fuzzer that is always refused, or never, tests nothing.
  for (const status of [200, 400, 405, 415, 422]) if (numRuns > 200) expect(statuses.get(status)).toBeGreaterThan(0);
}
