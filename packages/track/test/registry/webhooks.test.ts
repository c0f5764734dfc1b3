import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveAlias } from '../../src/registry/move-alias.js';
import { defaultPolicy } from '../../src/registry/policy.js';
import { addWebhook, deliverEvents, listWebhooks, removeWebhook } from '../../src/registry/webhooks.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';
import { good, seedVersions } from './registry-fixture.js';

let store: OpenStore;
let now = 0;
beforeEach(async () => {
  now = 1_700_000_000_000;
  store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: '/tmp/none', now: () => now });
  await seedVersions(store, good, good);
});
afterEach(() => store.close());

const promote = (version: string) =>
  moveAlias(store, defaultPolicy, {
    name: 'exams',
    alias: 'production',
    version,
    by: { subject: 'ada', role: 'admin', via: 'open' },
    reason: 'because',
  });

/** A receiver that answers with the given statuses, one after the other, and then 200. */
function receiver(...statuses: number[]) {
  const seen: { url: string; body: string; signature: string }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    seen.push({
      url: request.url,
      body: await request.text(),
      signature: request.headers.get('x-scorecast-signature') ?? '',
    });
    const status = statuses.shift() ?? 200;
    if (status === 0) throw new TypeError('fetch failed');
    return new Response('', { status });
  };
  return { seen, fetch };
}

describe('a webhook', () => {
  it('is told of what it asked for, signed by its secret', async () => {
    const { secret } = await addWebhook(store, { url: 'https://lab.example/hook', events: ['alias.moved'] });
    await promote('1');
    const { seen, fetch } = receiver();
    expect(await deliverEvents(store, { fetch })).toBe(1);
    const [{ url, body, signature }] = seen;
    expect(url).toBe('https://lab.example/hook');
    expect(JSON.parse(body)).toMatchObject({ event: 'alias.moved', data: { name: 'exams', from: null, to: 1 } });
    const [, seconds, sent] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(sent).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(await deliverEvents(store, { fetch })).toBe(0);
  });

  it('is told again after a failure, in pauses that double, under the same id', async () => {
    await addWebhook(store, { url: 'https://lab.example/hook', events: ['alias.moved'] });
    await promote('1');
    const { seen, fetch } = receiver(500, 0);
    await deliverEvents(store, { fetch });
    now += 9_999;
    await deliverEvents(store, { fetch });
    expect(seen).toHaveLength(1);
    now += 1;
    await deliverEvents(store, { fetch });
    now += 20_000;
    expect(await deliverEvents(store, { fetch })).toBe(1);
    expect(new Set(seen.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
  });

  it('that never answers is given up', async () => {
    await addWebhook(store, { url: 'https://lab.example/hook', events: ['alias.moved'] });
    await promote('1');
    const { seen, fetch } = receiver(...Array(9).fill(500));
    for (let attempt = 0; attempt < 5; attempt++) {
      await deliverEvents(store, { fetch, attempts: 3 });
      now += 10_000_000;
    }
    expect(seen).toHaveLength(3);
  });

  it('hears nothing of a promotion that was refused', async () => {
    await addWebhook(store, { url: 'https://lab.example/hook' });
    await expect(promote('7')).rejects.toThrow();
    const { seen, fetch } = receiver();
    await deliverEvents(store, { fetch });
    expect(seen).toEqual([]);
  });

  it('is listed without its secret, and gone when it is removed', async () => {
    const { id, secret } = await addWebhook(store, { url: 'https://lab.example/hook' });
    expect(JSON.stringify(await listWebhooks(store))).not.toContain(secret);
    await promote('1');
    await removeWebhook(store, id);
    expect(await listWebhooks(store)).toEqual([]);
    const { fetch } = receiver();
    expect(await deliverEvents(store, { fetch })).toBe(0);
  });

  it.each(['', 'lab.example', 'ftp://lab.example', 'file:///etc/passwd', 'https://me:pw@lab.example'])(
    'is refused at the address %j',
    async (url) => {
      await expect(addWebhook(store, { url })).rejects.toThrow('Invalid address');
    },
  );

  it.each([[['other']], [[]]])('is refused for the events %j', async (events) => {
    await expect(addWebhook(store, { url: 'https://lab.example', events })).rejects.toThrow('Invalid events');
  });
});
