import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseLedger } from '../../src/artifacts/database-ledger.js';
import {
  collectGarbage,
  createRun,
  deleteRun,
  openArtifactStore,
  openStore,
  type ArtifactStore,
  type OpenStore,
} from '../../src/index.js';
import { pathsOf, stream } from '../artifacts/content.js';
import { startMoto } from '../artifacts/s3-servers.js';

const MIB = 1024 ** 2;
const DAY_MS = 86_400_000;
/** An id that no run has. */
const STRANGE = 'f'.repeat(32);

const moto = await startMoto();
const skip = 'unavailable' in moto;

describe.skipIf(skip)(`garbage collection in a bucket${skip ? ` (${moto.unavailable})` : ''}`, () => {
  let store: OpenStore;
  let artifacts: ArtifactStore;
  let now = Date.now();
  const env = skip ? {} : moto.env;

  beforeAll(async () => {
    if (skip) return;
    store = await openStore({ databaseUrl: 'sqlite://', artifactRoot: 'mlflow-artifacts:/', now: () => now });
    const ledger = databaseLedger(store.db, store.now);
    artifacts = openArtifactStore('s3://artifacts/lab', { env, ledger, partBytes: 5 * MIB });
  });
  afterAll(async () => {
    if (skip) return;
    await store.close();
    await moto.stop();
  });

  it('removes deleted runs and orphans, and leaves the others and what it did not write', async () => {
    const aRun = async () => {
      const { info } = await createRun(store, { runName: 'a run' });
      await artifacts.write(`0/${info.runId}/artifacts/model/weights`, stream('12345678'));
      await artifacts.write(`0/${info.runId}/artifacts/notes`, stream('12'));
      return info.runId;
    };
    const [kept, gone] = [await aRun(), await aRun()];
    await deleteRun(store, gone);
    await artifacts.write(`0/${STRANGE}/artifacts/weights`, stream('123'));
    const others = openArtifactStore('s3://artifacts/lab', { env });
    await others.write(`0/${'e'.repeat(32)}/artifacts/theirs`, stream('1'));
    const before = await pathsOf(artifacts.walk());
    now += 8 * DAY_MS;

    const counts = { run: { count: 1, files: 2, bytes: 10 }, orphan: { count: 1, files: 1, bytes: 3 } };
    expect((await collectGarbage(store, artifacts, { dryRun: true })).counts).toMatchObject(counts);
    expect(await pathsOf(artifacts.walk())).toEqual(before);
    expect((await collectGarbage(store, artifacts, { dryRun: false })).counts).toMatchObject(counts);
    expect(await pathsOf(artifacts.walk())).toEqual(
      before.filter((path) => !path.includes(gone) && !path.includes(STRANGE)),
    );
    expect(before.filter((path) => path.includes(kept))).toHaveLength(2);
    const again = await collectGarbage(store, artifacts, { dryRun: false });
    expect(again.counts).toMatchObject({ run: { count: 0 }, orphan: { count: 0 } });
  });

  it('gives up uploads that have not grown for a day', async () => {
    const path = `0/${STRANGE}/artifacts/large`;
    const upload = { path, id: await artifacts.uploads.start(path) };
    await artifacts.uploads.write(upload, 1, stream(Buffer.alloc(5 * MIB)));
    // Moto says of all uploads that they were begun in 2010.
    const old = await collectGarbage(store, artifacts, { dryRun: false });
    expect(old.counts.leftover).toMatchObject({ count: 1, bytes: 5 * MIB });
    await expect(artifacts.uploads.parts(upload)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});
