import { describe, expect, it } from 'vitest';
import { createServer } from '../src/index.js';
import { examsBundle } from './exams-bundle.js';

const bundle = await examsBundle();
const now = () => new Date('2026-11-20T10:00:00Z');
const app = await createServer(bundle, { logLevel: 'silent', now });

describe('GET /health', () => {
  it('says that the server is up, when, and with which model', async () => {
    const response = await app.inject('/health');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      status: 'ok',
      timestamp: '2026-11-20T10:00:00.000Z',
      model: 'exams',
      version: bundle.version,
    });
    expect(response.headers['cache-control']).toBe('no-store');
  });
});

describe('an unknown address', () => {
  it('is a 404 as problem+json for programs, whatever they send', async () => {
    for (const request of [
      { method: 'GET' as const },
      { method: 'POST' as const, payload: '<a/>', headers: { 'content-type': 'application/xml' } },
      { method: 'DELETE' as const, headers: { accept: 'application/json' } },
    ]) {
      const response = await app.inject({ url: '/nothing?score=72', ...request });
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(response.json()).toMatchObject({ status: 404, code: 'SERVE_NOT_FOUND' });
      expect(response.json().detail).toContain('nothing at /nothing (');
    }
  });

  it('is a 404 page for browsers, escaped', async () => {
    const response = await app.inject({ url: '/<script>', headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers.vary).toBe('accept');
    expect(response.body).toContain('Not Found');
    expect(response.body).not.toContain('<script>');
  });

  it('that is no valid URL is a 400', async () => {
    const response = await app.inject('/%zz');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ status: 400, code: 'SERVE_BAD_REQUEST' });
  });
});

describe('a wrong method', () => {
  it.each([
    ['GET', '/predict', 'POST'],
    ['PUT', '/predict', 'POST'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/predictdata', 'GET, HEAD, POST'],
    ['POST', '/', 'GET, HEAD'],
    ['OPTIONS', '/predict', 'POST'],
  ] as const)('%s %s is a 405 that allows %s', async (method, url, allow) => {
    const response = await app.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
    expect(response.json()).toMatchObject({ status: 405, code: 'SERVE_METHOD_NOT_ALLOWED' });
  });

  it('is a page for browsers', async () => {
    const response = await app.inject({ url: '/predict', headers: { accept: 'text/html' } });
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'POST']);
    expect(response.body).toContain('/predict does not answer GET (expected POST)');
  });
});

describe('every answer', () => {
  it('for people forbids scripts, styles and frames of others', async () => {
    for (const url of ['/', '/predictdata', '/nothing']) {
      const { headers } = await app.inject(url);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    }
  });

  it('for programs forbids a browser everything', async () => {
    for (const url of ['/health', '/model', '/assets/style.css']) {
      const { headers } = await app.inject(url);
      expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('carries the id of its request, the caller’s own where that is harmless', async () => {
    const given = await app.inject({ url: '/health', headers: { 'x-request-id': 'trace-7' } });
    expect(given.headers['x-request-id']).toBe('trace-7');
    const forged = await app.inject({ url: '/health', headers: { 'x-request-id': 'a b "c' } });
    expect(forged.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that is a page needs no inline script and no inline style', async () => {
    for (const url of ['/', '/predictdata', '/nothing']) {
      const { body } = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(body).toMatch(/^<!doctype html><html lang="en">/);
      expect(body).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=/);
    }
  });
});

describe('the assets', () => {
  it('are kept for good under the address that pages use, and checked again under any other', async () => {
    const { body } = await app.inject('/predictdata');
    const hrefs = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
    expect(hrefs).toHaveLength(3);
    for (const href of hrefs) {
      const versioned = await app.inject(href);
      expect([versioned.statusCode, versioned.headers['cache-control']]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
      expect((await app.inject(href.split('?', 1)[0])).headers['cache-control']).toBe('no-cache');
    }
  });
});
