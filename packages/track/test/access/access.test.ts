import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessTo, type AccessRequest } from '../../src/access/access.js';
import { createApiKey } from '../../src/access/api-keys.js';
import { mayActAs, ROLES } from '../../src/access/role.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

let store: OpenStore;
beforeEach(async () => {
  store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: '/tmp/none' });
});
afterEach(() => store.close());

const asking = (headers: AccessRequest['headers'] = {}, method = 'POST'): AccessRequest => ({
  method,
  headers: { host: 'localhost:5000', ...headers },
});

describe('a server that only this machine reaches', () => {
  it('asks nobody who they are', async () => {
    const access = accessTo(store, { host: '127.0.0.1' });
    expect(await access.authorise(asking(), 'admin')).toEqual({ subject: 'local', role: 'admin', via: 'open' });
  });

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:5000', '[::1]:5000'])('answers to %s', async (host) => {
    const access = accessTo(store, { host: '127.0.0.1' });
    await expect(access.authorise(asking({ host }), 'viewer')).resolves.toBeDefined();
  });

  it.each(['evil.example', 'localhost.evil.example:5000', '', '127.0.0.1.evil.example', 'localhost:5000:1'])(
    'refuses requests to %j: a foreign page sent them here',
    async (host) => {
      const access = accessTo(store, { host: '127.0.0.1' });
      await expect(access.authorise(asking({ host }, 'GET'), 'viewer')).rejects.toMatchObject({
        code: 'PERMISSION_DENIED',
        message: expect.stringContaining('Invalid Host header'),
      });
    },
  );

  it('answers to names that it was told', async () => {
    const access = accessTo(store, { host: '127.0.0.1', allowedHosts: ['Lab.Example'] });
    await expect(access.authorise(asking({ host: 'lab.example:80' }), 'viewer')).resolves.toBeDefined();
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:5001' },
    { 'sec-fetch-site': 'cross-site' },
  ])('lets no page of another site change anything: %o', async (headers) => {
    const access = accessTo(store, { host: '127.0.0.1' });
    await expect(access.authorise(asking(headers), 'editor')).rejects.toThrow('Cross-origin request blocked');
    await expect(access.authorise(asking(headers, 'GET'), 'viewer')).resolves.toBeDefined();
  });

  it('lets its own pages and allowed sites change things', async () => {
    const access = accessTo(store, { host: '127.0.0.1', allowedOrigins: ['https://lab.example'] });
    const own = { origin: 'http://localhost:5000', 'sec-fetch-site': 'same-origin' };
    const allowed = { origin: 'https://lab.example', 'sec-fetch-site': 'cross-site' };
    await expect(access.authorise(asking(own), 'editor')).resolves.toBeDefined();
    await expect(access.authorise(asking(allowed), 'editor')).resolves.toBeDefined();
  });
});

describe('a server that other machines reach', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('does not start open on %s', (host) => {
    expect(() => accessTo(store, { host })).toThrow('a server that listens on');
  });

  it('takes a key as bearer token and as password', async () => {
    const access = accessTo(store, { host: '0.0.0.0', keys: true });
    const { key } = await createApiKey(store, { name: 'ci', role: 'editor' });
    const basic = Buffer.from(`anyone:${key}`).toString('base64');
    for (const authorization of [`Bearer ${key}`, `bearer ${key}`, `Basic ${basic}`]) {
      expect(await access.authorise(asking({ authorization }), 'editor')).toMatchObject({ role: 'editor' });
    }
  });

  it.each([undefined, 'Bearer', 'Bearer x', 'Basic x', 'Digest y', `Bearer sck_${'0'.repeat(12)}_${'A'.repeat(43)}`])(
    'refuses the credential %j',
    async (authorization) => {
      const access = accessTo(store, { host: '0.0.0.0', keys: true });
      await expect(access.authorise(asking({ authorization }), 'viewer')).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        status: 401,
      });
    },
  );

  it('says which role is missing', async () => {
    const access = accessTo(store, { host: '0.0.0.0', keys: true });
    const { key, id } = await createApiKey(store, { name: 'ci', role: 'editor' });
    await expect(access.authorise(asking({ authorization: `Bearer ${key}` }), 'approver')).rejects.toThrow(
      `ci (${id}) has the role editor, and this needs approver`,
    );
  });
});

describe('roles', () => {
  it('include those before them', () => {
    const table = ROLES.map((has) => ROLES.map((needed) => Number(mayActAs(has, needed))).join(''));
    expect(table).toEqual(['1000', '1100', '1110', '1111']);
  });
});
