import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPredictionStore } from '../src/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-store-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const open = (url: string) => openPredictionStore({ url, keepDays: Infinity, now: Date.now });

describe('a database for predictions', () => {
  it('is named by a URL, and nothing else', () => {
    for (const url of ['sqlite://', 'sqlite:///', 'sqlite://host/x.db', 'mysql://u:secret@h/db', 'x.db']) {
      expect(() => open(url)).toThrow(expect.objectContaining({ code: 'PREDICTION_STORE_URL', exitCode: 2 }));
      expect(() => open(url)).not.toThrow(/secret/);
    }
  });

  it('is not needed to start, and is used as soon as it is there', async () => {
    const place = join(folder, 'later');
    const sink = open(`sqlite:///${join(place, 'log.db')}`);
    const id = '019a1f2e-7b40-7000-9c41-5be02d6f8a17';
    await expect(sink.outcomesOf(id)).rejects.toMatchObject({ code: 'PREDICTION_STORE_UNAVAILABLE', status: 503 });
    await mkdir(place);
    expect(await sink.outcomesOf(id)).toEqual([]);
    await sink.close();
  });

  it('does not say its password when it cannot be reached', async () => {
    const sink = open('postgresql://scorecast:secret@127.0.0.1:1/none');
    await expect(sink.knownIds(['x'])).rejects.toThrow(/scorecast:\*\*\*@127\.0\.0\.1:1\/none cannot be used now/);
    await sink.close();
  });
});
