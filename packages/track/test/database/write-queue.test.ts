import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

let store: OpenStore;
beforeEach(async () => {
  store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: '/tmp/none' });
});
afterEach(() => store.close());

describe('the queue of writes', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('takes a write that comes %i turns after the last one ended', async (turns) => {
    for (const outcome of ['kept', 'refused']) {
      await store.db
        .write(() => (outcome === 'kept' ? Promise.resolve() : Promise.reject(new Error('no'))))
        .catch(() => 0);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await expect(store.db.write(async () => 'written')).resolves.toBe('written');
    }
  });
});
