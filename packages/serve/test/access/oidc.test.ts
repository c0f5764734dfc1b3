import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIssuer } from '../../src/access/token-reader.js';
import { createServer, type ServerOptions } from '../../src/index.js';
import { examsBundle, student } from '../exams-bundle.js';
import { startIssuer } from './local-issuer.js';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
const apps: Awaited<ReturnType<typeof createServer>>[] = [];
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(async () => {
  issuer.close();
  await Promise.all(apps.map((app) => app.close()));
});

async function server(options: ServerOptions = {}) {
  const oidc = { oidcIssuer: issuer.url, oidcAudience: 'scores' };
  const app = await createServer(await examsBundle(), { logLevel: 'silent', ...oidc, ...options });
  apps.push(app);
  const predict = async (token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await app.inject({ method: 'POST', url: '/predict', payload: student, headers });
    return { status: response.statusCode, code: response.json().code, headers: response.headers };
  };
  return { app, predict };
}

describe('a server with an OpenID Connect issuer', () => {
  it('answers whoever brings a token of it, and nobody else', async () => {
    const { predict } = await server();
    expect(await predict(await issuer.sign())).toMatchObject({ status: 200 });
    expect(await predict()).toMatchObject({
      status: 401,
      code: 'SERVE_UNAUTHENTICATED',
      headers: { 'www-authenticate': 'Bearer realm="scorecast"' },
    });
  });

  it.each([
    ['for another audience', { audience: 'other' }],
    ['of another issuer', { issuer: 'http://other' }],
    ['that has ended', { expires: '1 hour ago' }],
  ])('refuses a token %s', async (_name, options) => {
    const { predict } = await server();
    expect(await predict(await issuer.sign({}, options))).toMatchObject({ status: 401 });
  });

  it('refuses tokens that nobody signed, or that everybody could have', async () => {
    const { predict } = await server();
    const claims = { sub: 'ada', iss: issuer.url, aud: 'scores', exp: 99_999_999_999 };
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new Uint8Array(32));
    for (const token of [new UnsecuredJWT(claims).encode(), shared, 'a.b.c', 'sci_000000000000_x']) {
      expect(await predict(token)).toMatchObject({ status: 401 });
    }
  });

  it('keeps to the scopes that a token names; one without may predict', async () => {
    const { app } = await server({ oidcScopesClaim: 'roles' });
    const asked = async (claims: Record<string, unknown>) => {
      const authorization = `Bearer ${await issuer.sign(claims)}`;
      return (await app.inject({ url: '/metrics', headers: { authorization } })).statusCode;
    };
    expect(await asked({ roles: ['metrics', 'other'] })).toBe(200);
    expect(await asked({ roles: 'predict admin' })).toBe(200);
    expect(await asked({ roles: ['other'] })).toBe(403);
    expect(await asked({ scope: 'metrics' })).toBe(403);
  });

  it('asks the issuer once, and again when its keys change', async () => {
    const { predict } = await server();
    const token = await issuer.sign();
    await predict(token);
    const before = issuer.requests();
    expect(await predict(token)).toMatchObject({ status: 200 });
    expect(await predict(await issuer.sign({ sub: 'eve' }))).toMatchObject({ status: 200 });
    expect(issuer.requests()).toBe(before);
    await issuer.rotate();
    const { predict: later } = await server();
    expect(await later(await issuer.sign())).toMatchObject({ status: 200 });
  });

  it('forgets a token that has ended', async () => {
    let time = Date.now();
    const { predict } = await server({ now: () => new Date(time) });
    const token = await issuer.sign({}, { expires: '-29s' });
    expect(await predict(token)).toMatchObject({ status: 200 });
    time += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await predict(token)).toMatchObject({ status: 401 });
  });

  it('says 503 while the issuer is away, and why in its log alone', async () => {
    const lines: string[] = [];
    const { predict } = await server({
      oidcIssuer: 'http://127.0.0.1:9',
      logLevel: 'info',
      logStream: { write: (line) => void lines.push(line) },
    });
    expect(await predict(await issuer.sign())).toMatchObject({ status: 503, code: 'SERVE_ISSUER_AWAY' });
    expect(lines.join('')).toContain('fetch failed');
  });

  it('is not started with one half of what it needs', async () => {
    const refused = { code: 'SERVE_OPTION' };
    await expect(server({ oidcAudience: undefined })).rejects.toMatchObject(refused);
    await expect(server({ oidcIssuer: undefined })).rejects.toMatchObject(refused);
    await expect(server({ oidcIssuer: 'http://login.example.org' })).rejects.toMatchObject(refused);
  });
});

describe('an issuer', () => {
  it('is asked by HTTPS, except on this machine', () => {
    expect(parseIssuer('https://login.example.org/tenant')).toBe('https://login.example.org/tenant');
    expect(parseIssuer('http://localhost:8081')).toBe('http://localhost:8081');
    expect([parseIssuer('http://login.example.org'), parseIssuer('login.example.org')]).toEqual([undefined, undefined]);
  });
});
