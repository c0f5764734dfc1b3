import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServeKey } from '../../src/access/key-file.js';
import type { Scope } from '../../src/access/scope.js';
import { createServer } from '../../src/index.js';
import { examsBundle, student } from '../exams-bundle.js';

let folder: string;
let keyFile: string;
let app: Awaited<ReturnType<typeof createServer>>;
const keys: Partial<Record<Scope, string>> = {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scorecast-access-'));
  keyFile = path.join(folder, 'keys.json');
  for (const scope of ['predict', 'outcomes', 'metrics', 'admin'] as const) {
    keys[scope] = (await createServeKey(keyFile, { label: scope, scopes: [scope] })).key;
  }
  app = await createServer(await examsBundle(), { logLevel: 'silent', apiKeys: keyFile });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const bearer = (scope: Scope) => ({ authorization: `Bearer ${keys[scope] ?? ''}` });
const basic = (scope: Scope) => ({
  authorization: `Basic ${Buffer.from(`teacher:${keys[scope] ?? ''}`).toString('base64')}`,
});
const predict = (headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/predict', payload: student, headers });

describe('a server with keys', () => {
  it('answers whoever sends one, in any of the three ways', async () => {
    for (const headers of [bearer('predict'), { 'x-api-key': keys.predict ?? '' }, basic('predict')]) {
      expect((await predict(headers)).statusCode).toBe(200);
    }
  });

  it('tells programs without a key, or with a wrong one, what to send', async () => {
    const none = await predict();
    expect([none.statusCode, none.json().code]).toEqual([401, 'SERVE_UNAUTHENTICATED']);
    expect(none.headers['www-authenticate']).toBe('Bearer realm="scorecast"');
    expect(none.json().detail).toContain('asks for a key');
    const wrong = await predict({ authorization: 'Bearer sci_000000000000_wrong' });
    expect([wrong.statusCode, wrong.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="scorecast", error="invalid_token"',
    ]);
    expect(wrong.json().detail).toContain('unknown, has ended or was revoked');
  });

  it.each(['Bearer', 'Bearer ', 'Basic', 'Basic %%%', 'Basic Og==', 'Digest x', 'Bearer a b', '\u00ff'])(
    'is not moved by the header %j',
    async (authorization) => {
      expect((await predict({ authorization })).statusCode).toBe(401);
    },
  );

  it('lets a browser ask its user, and answers with the page when it has', async () => {
    for (const url of ['/', '/predictdata', '/docs']) {
      const asked = await app.inject({ url, headers: { accept: 'text/html' } });
      expect([asked.statusCode, asked.headers['www-authenticate']]).toEqual([
        401,
        'Basic realm="scorecast", charset="UTF-8"',
      ]);
      expect(asked.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(asked.body).toContain('asks for a key');
      expect((await app.inject({ url, headers: basic('predict') })).statusCode).toBe(200);
    }
  });

  it('does not take a form that a page of another site makes a browser post', async () => {
    const post = (site: string) =>
      app.inject({
        method: 'POST',
        url: '/predictdata',
        payload: new URLSearchParams(Object.entries(student).map(([key, value]) => [key, String(value)])).toString(),
        headers: { ...basic('predict'), 'sec-fetch-site': site, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await post('same-origin')).statusCode).toBe(200);
    const foreign = await post('cross-site');
    expect([foreign.statusCode, foreign.body]).toEqual([403, expect.stringContaining('A page of another site')]);
    expect((await predict({ ...basic('predict'), 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  });

  it('keeps to what a key is for', async () => {
    const asked = async (url: string, scope: Scope) => (await app.inject({ url, headers: bearer(scope) })).statusCode;
    expect(await asked('/metrics', 'metrics')).toBe(200);
    expect(await asked('/metrics', 'predict')).toBe(403);
    expect(await asked('/model', 'predict')).toBe(200);
    expect(await asked('/model', 'metrics')).toBe(403);
    expect(await asked('/metrics', 'admin')).toBe(200);
    expect((await predict(bearer('outcomes'))).json()).toMatchObject({
      code: 'SERVE_FORBIDDEN',
      detail: 'this key or token may not do this (expected the scope predict; it has outcomes)',
    });
  });

  it('asks at every address but those of probes and the pages’ assets', async () => {
    const open = ['/health', '/ready', '/ping', '/assets/style.css', '/assets/form.js', '/assets/favicon.svg'];
    const { paths } = (await app.inject({ url: '/openapi.json', headers: bearer('predict') })).json();
    const urls = Object.keys(paths).filter((url) => 'get' in paths[url]);
    urls.push(...open, '/', '/predictdata', '/predicted_data', '/docs');
    for (const url of urls) {
      expect([url, (await app.inject(url)).statusCode]).toEqual([url, open.includes(url) ? 200 : 401]);
    }
  });

  it('says 404 and 405 without a key: which addresses there are is no secret', async () => {
    expect((await app.inject('/nothing')).statusCode).toBe(404);
    expect((await app.inject('/predict')).statusCode).toBe(405);
  });
});

describe('a server without keys', () => {
  it('asks nobody', async () => {
    const open = await createServer(await examsBundle(), { logLevel: 'silent' });
    expect((await open.inject({ method: 'POST', url: '/predict', payload: student })).statusCode).toBe(200);
    await open.close();
  });

  it('does not start with a key file that is not there', async () => {
    const options = { logLevel: 'silent', apiKeys: path.join(folder, 'none.json') } as const;
    await expect(createServer(await examsBundle(), options)).rejects.toMatchObject({ code: 'SERVE_KEYS_UNREADABLE' });
  });
});
