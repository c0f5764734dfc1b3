import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { createTrackingServer } from '../../src/server/create-tracking-server.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

describe('the built pages', () => {
  let folder: string;
  let store: OpenStore;
  let app: FastifyInstance;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorecast-pages-'));
    const pages = join(folder, 'web');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.html'), 'hidden');
    await writeFile(join(pages, 'index.html'), '<!doctype html>');
    await writeFile(join(pages, '.env.html'), 'hidden');
    await writeFile(join(pages, 'notes.key'), 'hidden');
    await writeFile(join(pages, 'assets', 'index-a1.js'), 'let a;');
    store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: 'mlflow-artifacts:/' });
    const artifacts = openArtifactStore(join(folder, 'artifacts'));
    app = await createTrackingServer({ store, artifacts, console: pages, logLevel: 'silent' });
  });
  afterEach(async () => {
    await app.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are sent with their types', async () => {
    for (const url of ['/', '/index.html']) {
      const page = await app.inject(url);
      expect([page.statusCode, page.headers['content-type'], page.body]).toEqual([
        200,
        'text/html; charset=utf-8',
        '<!doctype html>',
      ]);
    }
    const script = await app.inject('/assets/index-a1.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await app.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200);
  });

  it('are not sent again to who has them', async () => {
    const { etag } = (await app.inject('/')).headers;
    const again = await app.inject({ url: '/', headers: { 'if-none-match': String(etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('may be built again while the server runs', async () => {
    await writeFile(join(folder, 'web', 'assets', 'index-b2.js'), 'let b;');
    expect((await app.inject('/assets/index-b2.js')).body).toBe('let b;');
  });

  it.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/assets/..%2f..%2fsecret.html',
    '/assets/%2e%2e%2findex.html',
    '/assets/..%5c..%5csecret.html',
    '/%2e%2e%2fsecret.html',
    '/.env.html',
    '/notes.key',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/absent.html',
  ])('lead nowhere else: %s', async (url) => {
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.body.includes('hidden')]).toEqual([404, false]);
    expect(answer.json().error_code).toBe('ENDPOINT_NOT_FOUND');
  });

  it('tell browsers to keep other pages away', async () => {
    const { headers } = await app.inject('/');
    expect(headers['content-security-policy']).toContain("default-src 'none';script-src 'self'");
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
