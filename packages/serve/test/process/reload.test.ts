import { once } from 'node:events';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { student } from '../exams-bundle.js';
import { metricOf, serveHere } from './live-server.js';
import { bundleFile, variants } from './variants.js';

const [old, next] = await variants(2);
const reloads = (outcome: string) => `scorecast_model_reloads_total{outcome="${outcome}"}`;

async function predict(url: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/predict`, { method: 'POST', headers, body: JSON.stringify(student) })).json();
}

const answerOf = ({ bundle: { name, version }, prediction }: typeof old) => ({ prediction, model: { name, version } });

describe('SIGHUP', () => {
  it('goes on with the new bundle everywhere: predictions, pages, /model, /openapi.json and metrics', async () => {
    const { file, replace } = await bundleFile(old.text);
    const { url, signal } = await serveHere(file);
    expect(await predict(url)).toMatchObject(answerOf(old));
    await (await fetch(`${url}/openapi.json`)).text();
    await replace(next.text);
    signal('SIGHUP');
    await expect.poll(() => predict(url)).toMatchObject(answerOf(next));
    for (const address of ['/', '/predictdata', '/docs', '/model', '/openapi.json', '/health', '/ready', '/metrics']) {
      const text = await (await fetch(url + address)).text();
      expect(text, address).toContain(next.bundle.version);
      expect(text, address).not.toContain(old.bundle.version);
    }
    expect(await metricOf(url, reloads('replaced'))).toBe(1);
    // Counting goes on: two answers and those of the polls.
    expect(await metricOf(url, 'scorecast_prediction_count')).toBeGreaterThanOrEqual(2);
  });

  it('lets a request that has begun finish with the model it began with', async () => {
    const { file, replace } = await bundleFile(old.text);
    const { url, signal } = await serveHere(file);
    const body = JSON.stringify(student);
    const outgoing = request(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const answered = once(outgoing, 'response');
    outgoing.write(body.slice(0, 10));
    await new Promise((resolve) => outgoing.on('socket', (socket) => socket.once('connect', resolve)));
    // The server must have seen the request's head before it is told to reload.
    await fetch(`${url}/health`);
    await replace(next.text);
    signal('SIGHUP');
    await expect.poll(() => predict(url)).toMatchObject(answerOf(next));
    outgoing.end(body.slice(10));
    const [response] = await answered;
    expect(await json(response)).toMatchObject(answerOf(old));
  });

  it.each([
    ['is damaged', next.text.replace('"level":0.9', '"level":0.8'), 'BUNDLE_CHECKSUM_MISMATCH'],
    ['is cut short', next.text.slice(0, -100), 'BUNDLE_UNREADABLE'],
    ['is none', '{}', 'BUNDLE_FORMAT'],
  ])('keeps the old model when the new bundle %s', async (_, text, code) => {
    const { file, replace } = await bundleFile(old.text);
    const { url, signal, log } = await serveHere(file);
    await replace(text);
    signal('SIGHUP');
    await expect.poll(() => metricOf(url, reloads('refused'))).toBe(1);
    expect(await predict(url)).toMatchObject(answerOf(old));
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect(log()).toContain(code);
    await replace(next.text);
    signal('SIGHUP');
    await expect.poll(() => predict(url)).toMatchObject(answerOf(next));
  });

  it('notices when the bundle is the one that is served', async () => {
    const { file } = await bundleFile(old.text);
    const { url, signal } = await serveHere(file);
    signal('SIGHUP');
    await expect.poll(() => metricOf(url, reloads('unchanged'))).toBe(1);
    expect(await predict(url)).toMatchObject(answerOf(old));
  });
});

describe('--watch', () => {
  it('serves the new bundle by itself when another file takes the place of the old one', async () => {
    const { file, replace } = await bundleFile(old.text);
    const { url } = await serveHere(file, { watch: true });
    await replace(next.text);
    await expect.poll(() => predict(url)).toMatchObject(answerOf(next));
    expect(await metricOf(url, reloads('refused'))).toBe(0);
  });

  it('follows the links by which Kubernetes swaps a mounted folder', async () => {
    const { folder } = await bundleFile(old.text);
    const version = async (name: string, text: string) => {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'model.json'), text);
      await symlink(name, path.join(folder, `${name}.link`));
      await rename(path.join(folder, `${name}.link`), path.join(folder, '..data'));
    };
    await version('..first', old.text);
    await symlink('..data/model.json', path.join(folder, 'model.json'));
    const { url } = await serveHere(path.join(folder, 'model.json'), { watch: true });
    await version('..second', next.text);
    await expect.poll(() => predict(url)).toMatchObject(answerOf(next));
  });
});
