import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oidcReader } from '../../src/access/oidc.js';
import { startIssuer } from './local-issuer.js';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const reader = (more: object = {}) => oidcReader({ issuer: issuer.url, audience: 'scorecast', ...more });

describe('a token of an OpenID Connect issuer', () => {
  it('says who asks, with the highest of its roles', async () => {
    const token = await issuer.sign({ roles: ['viewer', 'approver', 'other'] });
    expect(await reader()(token)).toEqual({ subject: 'ada', role: 'approver', via: 'oidc' });
  });

  it('may call the roles by other words, in another claim', async () => {
    const token = await issuer.sign({ groups: 'staff,heads' });
    const options = { rolesClaim: 'groups', roles: { heads: 'admin', staff: 'viewer' } };
    expect(await reader(options)(token)).toMatchObject({ role: 'admin' });
  });

  it('without a role is refused, unless there is a role for all', async () => {
    const token = await issuer.sign({});
    await expect(reader()(token)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await reader({ defaultRole: 'viewer' })(token)).toMatchObject({ role: 'viewer' });
  });

  it.each([
    ['for another audience', { audience: 'other' }],
    ['of another issuer', { issuer: 'http://other' }],
    ['that has ended', { expires: '1 hour ago' }],
  ])('%s is refused', async (_, options) => {
    const token = await issuer.sign({ roles: 'admin' }, options);
    await expect(reader()(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that nobody signed, or that the reader could have signed, is refused', async () => {
    const claims = { roles: 'admin', sub: 'x', iss: issuer.url, aud: 'scorecast', exp: 99_999_999_999 };
    const unsigned = new UnsecuredJWT(claims).encode();
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new Uint8Array(32));
    for (const token of [unsigned, shared, 'a.b.c', '']) {
      await expect(reader()(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('needs no question to the issuer once its keys are known', async () => {
    const read = reader();
    const token = await issuer.sign({ roles: 'viewer' });
    await read(token);
    const before = issuer.requests();
    await read(token);
    expect(issuer.requests()).toBe(before);
  });

  it('is good again when the issuer that was away is back', async () => {
    let isAway = true;
    const fetch: typeof globalThis.fetch = (input, init) =>
      isAway ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(input, init);
    const read = reader({ fetch });
    const token = await issuer.sign({ roles: 'viewer' });
    await expect(read(token)).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    isAway = false;
    expect(await read(token)).toMatchObject({ subject: 'ada' });
  });

  it('signed with a new key is read by whoever asks anew', async () => {
    await issuer.rotate();
    expect(await reader()(await issuer.sign({ roles: 'viewer' }))).toMatchObject({ role: 'viewer' });
  });
});
