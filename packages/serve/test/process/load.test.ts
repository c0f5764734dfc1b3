import { Agent, request, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { student } from '../exams-bundle.js';
import { metricOf, serveProcess } from './live-server.js';
import { bundleFile, variants, type Variant } from './variants.js';

// As much as this machine can ask, with bundles exchanged under way, a damaged one among them, and the end in the middle
// of it all. SCORECAST_LOAD_SECONDS=60 is the full measure.
const SECONDS = Number(process.env['SCORECAST_LOAD_SECONDS'] ?? 3);
const CONNECTIONS = 32;
const RELOAD_EVERY_MS = 250;

const bundles = await variants(3);

it.each([
  ['one process', []],
  ['two processes', ['--workers', '2']],
])(
  'no answer is lost or wrong under load, while bundles are exchanged and when it stops: %s',
  async (_, args) => {
    const { file, replace } = await bundleFile(bundles[0].text);
    const service = await serveProcess(file, '--log-level', 'warn', ...args);
    const load = saturate(service.url, bundles);
    let reloads = 0;
    for (const end = Date.now() + SECONDS * 1000; Date.now() < end; reloads++) {
      await wait(RELOAD_EVERY_MS);
      await replace(reloads % 4 === 3 ? '{"damaged":' : bundles[(reloads + 1) % bundles.length].text);
      service.signal('SIGHUP');
    }
    expect(await metricOf(service.url, 'scorecast_model_reloads_total{outcome="replaced"}')).toBeGreaterThan(0);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    const { answers, problems } = await load;
    expect(problems).toEqual([]);
    const asked = Object.values(answers).reduce((sum, count) => sum + count, 0);
    console.log(`${asked} answers in ${SECONDS} s, ${reloads} reloads, by version ${JSON.stringify(answers)}`);
    expect(Object.keys(answers).length).toBeGreaterThan(1);
  },
  SECONDS * 1000 + 60_000,
);

/** Asks without pause until nobody listens any more; checks each answer against the model that it names. */
async function saturate(url: string, known: readonly Variant[]) {
  const expected = new Map(known.map(({ bundle, prediction }) => [bundle.version, prediction]));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const answers: Record<string, number> = {};
  const problems: string[] = [];

  async function ask(isProbe: boolean): Promise<boolean> {
    try {
      const { status, answer } = await (isProbe ? exchange(`${url}/health`, agent) : predict(`${url}/predict`, agent));
      // Probes are answered in the turn in which they are read, predictions later.
      const version = isProbe ? answer.version : answer.model.version;
      const isRight =
        status === 200 && expected.has(version) && (isProbe || answer.prediction === expected.get(version));
      if (!isRight) problems.push(JSON.stringify(answer));
      answers[version] = (answers[version] ?? 0) + 1;
      return problems.length < 10;
    } catch (error) {
      // Nobody listens: the request was never taken.
      if (!(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')) problems.push(String(error));
      return false;
    }
  }
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, i) => {
      while (await ask(i % 8 === 0));
    }),
  );
  agent.destroy();
  return { answers, problems };
}

interface Answer {
  readonly prediction: number;
  readonly model: { readonly version: string };
  readonly version: string;
}

const BODY = JSON.stringify(student);

function predict(url: string, agent: Agent) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) };
  return exchange(url, agent, { method: 'POST', headers }, BODY);
}

function exchange(url: string, agent: Agent, options: RequestOptions = {}, body = '') {
  return new Promise<{ status: number | undefined; answer: Answer }>((resolve, reject) => {
    const outgoing = request(url, { agent, ...options }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode, answer: JSON.parse(answer) }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
