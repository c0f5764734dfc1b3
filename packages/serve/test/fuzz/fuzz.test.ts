import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createServer, startServer } from '../../src/index.js';
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
const REQUESTS = Number(process.env['SCORECAST_FUZZ'] ?? 400);
const seed = Number(process.env['SCORECAST_FUZZ_SEED'] ?? 42);

const bundles = { exams: await examsBundle({ reference: examsReference }), odd: await oddBundle() };

describe.each(Object.entries(bundles))('whatever is sent to the service of the bundle %s', (_name, bundle) => {
  const closers: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(closers.map((close) => close())));

  it('in the process is answered as its description says, never by a 5xx', async () => {
    const app = await createServer(bundle, { logLevel: 'silent' });
    closers.push(() => app.close());
    await fuzz(await documentOf(app), REQUESTS * 0.45, async ({ method, url, headers, payload }) => {
      const response = await app.inject({
        method: METHODS.find((known) => known === method) ?? 'GET',
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: response.statusCode, type: response.headers['content-type'], body: response.body };
    });
  });

  it('over a socket is, too', async () => {
    const app = await createServer(bundle, { logLevel: 'silent' });
    const document = await documentOf(app);
    await app.close();
    const server = await startServer(bundle, { logLevel: 'silent', port: 0 });
    closers.push(() => server.close());
    await fuzz(document, REQUESTS * 0.05, (request) => sendRaw(server.url, request));
  });
});

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const;

async function documentOf(app: Awaited<ReturnType<typeof createServer>>) {
  return asSchema((await app.inject('/openapi.json')).json());
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
      const answer = await send(request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(check(request, answer)).toBeUndefined();
    }),
    { numRuns: Math.round(numRuns), seed },
  );
  // A fuzzer that is always refused, or never, tests nothing.
  for (const status of [200, 400, 405, 415, 422]) if (numRuns > 200) expect(statuses.get(status)).toBeGreaterThan(0);
}
