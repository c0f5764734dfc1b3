import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey, identityOfKey, listApiKeys, revokeApiKey } from '../../src/access/api-keys.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

let store: OpenStore;
let now = 1_000_000;
beforeEach(async () => {
  now = 1_000_000;
  store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: '/tmp/none', now: () => now });
});
afterEach(() => store.close());

describe('an API key', () => {
  it('says who asks and what that may do', async () => {
    const { key, id } = await createApiKey(store, { name: 'ci', role: 'editor' });
    expect(await identityOfKey(store, key)).toEqual({ subject: `ci (${id})`, role: 'editor', via: 'key' });
  });

  it('is kept as a hash only', async () => {
    const { key } = await createApiKey(store, { name: 'ci', role: 'editor' });
    const rows = await store.db.read((queries) => queries.selectFrom('scorecast_api_keys').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(key.slice(17));
    expect(JSON.stringify(await listApiKeys(store))).not.toContain('hash');
  });

  it('ends when it was to end', async () => {
    const { key } = await createApiKey(store, { name: 'ci', role: 'viewer', expiresAt: now + 10 });
    expect(await identityOfKey(store, key)).toBeDefined();
    now += 10;
    expect(await identityOfKey(store, key)).toBeUndefined();
  });

  it('is replaced without a gap: both are good until the old one is revoked', async () => {
    const old = await createApiKey(store, { name: 'ci', role: 'editor' });
    const next = await createApiKey(store, { name: 'ci', role: 'editor' });
    await revokeApiKey(store, old.id);
    expect(await identityOfKey(store, old.key)).toBeUndefined();
    expect(await identityOfKey(store, next.key)).toBeDefined();
    expect((await listApiKeys(store)).map(({ id, revokedAt }) => [id, revokedAt])).toContainEqual([old.id, now]);
  });

  it('keeps the time at which it was revoked first', async () => {
    const { id } = await createApiKey(store, { name: 'ci', role: 'editor' });
    await revokeApiKey(store, id);
    now += 5;
    await revokeApiKey(store, id);
    expect((await listApiKeys(store))[0]?.revokedAt).toBe(now - 5);
  });

  it.each(['', 'sck_', 'sck_0123456789ab_x', `sck_0123456789ab_${'A'.repeat(43)}`, "sck_' or 1=1"])(
    'is not %j',
    async (key) => {
      await createApiKey(store, { name: 'ci', role: 'admin' });
      expect(await identityOfKey(store, key)).toBeUndefined();
    },
  );

  it('of one id does not open with the secret of another', async () => {
    const one = await createApiKey(store, { name: 'one', role: 'admin' });
    const two = await createApiKey(store, { name: 'two', role: 'viewer' });
    expect(await identityOfKey(store, one.key.slice(0, 17) + two.key.slice(17))).toBeUndefined();
  });

  it.each([
    [{ name: '', role: 'viewer' as const }, 'Invalid name ""'],
    [{ name: 'a\n', role: 'viewer' as const }, 'Invalid name'],
    [{ name: 'a', role: 'viewer' as const, expiresAt: 5 }, 'it lies in the past'],
  ])('is refused for %o', async (request, message) => {
    await expect(createApiKey(store, request)).rejects.toThrow(message);
  });

  it('that does not exist cannot be revoked', async () => {
    await expect(revokeApiKey(store, '000000000000')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});
