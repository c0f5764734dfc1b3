import { afterEach, describe, expect, it } from 'vitest';
import { parseProxies } from '../../src/access/trusted-proxies.js';
import { createServer, type ServerOptions } from '../../src/index.js';
import { parseRate } from '../../src/limits/rate.js';
import { examsBundle, student } from '../exams-bundle.js';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function server(options: ServerOptions) {
  const app = await createServer(await examsBundle(), { logLevel: 'silent', ...options });
  close = () => app.close();
  const ask = (url: string, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
    app.inject({ url, headers, remoteAddress });
  return { app, ask };
}

describe('a rate limit', () => {
  it('says how much is left, and 429 with Retry-After when nothing is', async () => {
    const { ask } = await server({ rateLimit: { requests: 2, windowMs: 60_000 } });
    const first = await ask('/model');
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    expect((await ask('/model')).statusCode).toBe(200);
    const third = await ask('/model');
    expect(third.statusCode).toBe(429);
    expect(third.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(third.json()).toMatchObject({ status: 429, code: 'SERVE_RATE_LIMITED' });
    expect(third.json().detail).toContain('at most 2 in 60 s');
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('counts each address for itself, and networks of IPv6 as one', async () => {
    const { ask } = await server({ rateLimit: { requests: 1, windowMs: 60_000 } });
    const statuses = [];
    for (const address of [
      '10.0.0.1',
      '10.0.0.2',
      '::ffff:10.0.0.2',
      '2001:db8::1',
      '2001:db8::ffff:1',
      '2001:db8:0:1::1',
    ]) {
      statuses.push((await ask('/model', {}, address)).statusCode);
    }
    expect(statuses).toEqual([200, 200, 429, 200, 429, 200]);
  });

  it('does not believe X-Forwarded-For of anybody but a trusted proxy', async () => {
    const options = { rateLimit: { requests: 1, windowMs: 60_000 }, trustProxy: ['10.0.0.1'] };
    const { ask } = await server(options);
    const from = async (client: string, proxy: string) =>
      (await ask('/model', { 'x-forwarded-for': client }, proxy)).statusCode;
    expect([await from('1.1.1.1', '10.0.0.1'), await from('2.2.2.2', '10.0.0.1')]).toEqual([200, 200]);
    expect([await from('3.3.3.3', '10.0.0.9'), await from('4.4.4.4', '10.0.0.9')]).toEqual([200, 429]);
    expect(await from('9.9.9.9, 1.1.1.1', '10.0.0.1')).toBe(429);
  });

  it('counts what does not exist, and leaves probes alone', async () => {
    const { ask } = await server({ rateLimit: { requests: 1, windowMs: 60_000 } });
    expect([(await ask('/nothing')).statusCode, (await ask('/nothing')).statusCode]).toEqual([404, 429]);
    expect([(await ask('/health')).statusCode, (await ask('/ready')).statusCode]).toEqual([200, 200]);
  });

  it.each([
    ['100/min', { requests: 100, windowMs: 60_000 }],
    ['5/s', { requests: 5, windowMs: 1000 }],
    ['10000 / hour', { requests: 10_000, windowMs: 3_600_000 }],
    ['0/s', undefined],
    ['-1/s', undefined],
    ['100', undefined],
    ['100/day', undefined],
    ['1e3/s', undefined],
  ])('is written %s', (text, expected) => {
    expect(parseRate(text)).toEqual(expected);
  });
});

describe('a server that cannot keep up', () => {
  it('sheds load with 503 and Retry-After, counts it, and still says that it lives and how it fares', async () => {
    const { app, ask } = await server({ maxLoopDelayMs: 1, maxHeapPercent: 0 });
    const predict = () => app.inject({ method: 'POST', url: '/predict', payload: student });
    let refused = await predict();
    while (refused.statusCode === 200) {
      const end = Date.now() + 50;
      while (Date.now() < end);
      await new Promise((resolve) => setImmediate(resolve));
      refused = await predict();
    }
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'SERVE_OVERLOADED']);
    expect(refused.headers['retry-after']).toBe('5');
    expect((await ask('/health')).statusCode).toBe(200);
    expect((await ask('/metrics')).body).toContain('\nscorecast_load_shed_total 1\n');
  });

  it('has not just paused for a moment', async () => {
    const { ask } = await server({ maxLoopDelayMs: 500 });
    const end = Date.now() + 1500;
    while (Date.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await ask('/model')).statusCode).toBe(200);
  });

  it('may be one whose heap is full', async () => {
    // More than a hundredth of what V8 allows at most.
    const held = Array.from({ length: 8_000_000 }, () => 0.5);
    const { ask } = await server({ maxLoopDelayMs: 0, maxHeapPercent: 1 });
    await expect.poll(async () => (await ask('/model')).statusCode).toBe(503);
    expect(held).toHaveLength(8_000_000);
  });

  it('is none when it is told to take everything', async () => {
    const { app, ask } = await server({ maxLoopDelayMs: 0, maxHeapPercent: 0 });
    expect(app.hasDecorator('isUnderPressure')).toBe(false);
    expect((await ask('/model')).statusCode).toBe(200);
  });
});

describe('HTTPS', () => {
  const proxied = { trustProxy: ['10.0.0.0/8'], requireHttps: true } as const;
  const https = { 'x-forwarded-proto': 'https' };

  it('is required where that is said: pages are sent on, programs refused, probes answered', async () => {
    const { app, ask } = await server(proxied);
    const page = await ask('/predictdata?x=1', { host: 'scores.example.org:8080', 'x-forwarded-proto': 'http' });
    expect([page.statusCode, page.headers.location]).toEqual([308, 'https://scores.example.org/predictdata?x=1']);
    const posted = await app.inject({ method: 'POST', url: '/predict', payload: student, remoteAddress: '10.0.0.1' });
    expect([posted.statusCode, posted.json().code]).toEqual([403, 'SERVE_HTTPS_REQUIRED']);
    expect((await ask('/health')).statusCode).toBe(200);
    expect((await ask('/', { host: 'a b"<' })).statusCode).toBe(403);
  });

  it('is only what a trusted proxy says', async () => {
    const { ask } = await server(proxied);
    const through = await ask('/model', https);
    expect([through.statusCode, through.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
    expect((await ask('/model', https, '192.168.0.1')).statusCode).toBe(403);
    expect((await ask('/model', { 'x-forwarded-proto': 'https, http' })).statusCode).toBe(403);
  });

  it('is not promised by a server that knows of none', async () => {
    const { ask } = await server({});
    expect((await ask('/model', https)).headers['strict-transport-security']).toBeUndefined();
  });

  it('cannot be required without a proxy that could say so', async () => {
    await expect(server({ requireHttps: true })).rejects.toMatchObject({ code: 'SERVE_OPTION' });
  });
});

describe('a list of proxies', () => {
  it.each([
    ['10.0.0.7', ['10.0.0.7']],
    ['10.0.0.7, 10.1.0.0/16,fd00::/8', ['10.0.0.7', '10.1.0.0/16', 'fd00::/8']],
    ['0.0.0.0/0', undefined],
    ['10.0.0.0/33', undefined],
    ['true', undefined],
    ['proxy.example.org', undefined],
    ['', undefined],
  ])('%j', (text, expected) => {
    expect(parseProxies(text)).toEqual(expected);
  });
});
