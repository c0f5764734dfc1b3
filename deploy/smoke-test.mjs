// Proves that a deployed service works: `node deploy/smoke-test.mjs https://... [--seconds 60] [--model-version V]`.
// It waits for /ready, then sends the service's own example (from /openapi.json) to /predict and looks at the answer.
// Where the service wants an API key, SCORECAST_SMOKE_KEY holds one.

import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { main, waitFor } from './run-command.mjs';

/**
 * Asks a service whether it is ready and whether it predicts.
 *
 * @returns the version of the model that answered.
 * @throws when it is not ready in time, answers wrongly, or serves another model than `modelVersion`.
 */
export async function smokeTest(url, { seconds = 60, pollSeconds = 1, modelVersion } = {}) {
  const base = url.replace(/\/+$/, '');
  await waitFor(`${base}/ready answering 200`, () => isOk(`${base}/ready`), { seconds, pollSeconds });
  const health = await jsonOf(`${base}/health`);
  if (health.status !== 'ok') throw new Error(`${base}/health says ${JSON.stringify(health)} (expected status "ok")`);
  const body = exampleOf(await jsonOf(`${base}/openapi.json`));
  const answer = await jsonOf(`${base}/predict`, { method: 'POST', body: JSON.stringify(body) });
  const { prediction, model } = Array.isArray(answer.predictions) ? { ...answer.predictions[0], ...answer } : answer;
  if (typeof prediction !== 'number') {
    throw new Error(`${base}/predict answered ${JSON.stringify(answer)} (expected a number as "prediction")`);
  }
  if (modelVersion !== undefined && model.version !== modelVersion) {
    throw new Error(`${base} serves model version ${model.version} (expected ${modelVersion})`);
  }
  console.error(`${base} is ready: model ${model.name} ${model.version} predicts ${prediction} for its example`);
  return model.version;
}

function headers() {
  const key = process.env.SCORECAST_SMOKE_KEY;
  return { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
}

async function isOk(url) {
  try {
    const response = await fetch(url, { headers: headers(), signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200 ? true : undefined;
  } catch {
    // Not reachable yet: the caller asks again until its time is over.
    return undefined;
  }
}

async function jsonOf(url, init = {}) {
  const response = await fetch(url, { ...init, headers: headers(), signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

function exampleOf(document) {
  const { example, examples } = document.paths['/predict'].post.requestBody.content['application/json'];
  return example ?? Object.values(examples)[0].value;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: 'string', default: '60' }, 'model-version': { type: 'string' } },
    });
    if (positionals.length !== 1) throw new Error('expected one address: node deploy/smoke-test.mjs https://...');
    await smokeTest(positionals[0], { seconds: Number(values.seconds), modelVersion: values['model-version'] });
  });
}
