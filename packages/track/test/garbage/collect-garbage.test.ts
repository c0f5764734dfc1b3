import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createExperiment,
  createRun,
  deleteExperiment,
  deleteRun,
  getRun,
  logBatch,
  logInputs,
  logOutputs,
  openArtifactStore,
  openStore,
  restoreExperiment,
  restoreRun,
  type ArtifactStore,
  type OpenStore,
} from '../../src/index.js';
import { databaseLedger } from '../../src/artifacts/database-ledger.js';
import { collectGarbage, type GarbageOptions } from '../../src/garbage/collect-garbage.js';
import { createLoggedModel, deleteLoggedModel } from '../../src/store/logged-models.js';
import { createModelVersion } from '../../src/store/create-model-version.js';
import { deleteModelVersion } from '../../src/store/model-versions.js';
import { createRegisteredModel } from '../../src/store/registered-models.js';
import { all, filesIn, sha256, stream, textOf } from '../artifacts/content.js';
import { startPostgres } from '../database/real-postgres.js';
import { rowCounts } from './row-counts.js';

const HOUR_MS = 3_600_000;
const nothing = { count: 0, files: 0, bytes: 0 };
/** An id that no run has. */
const STRANGE = 'f'.repeat(32);

const postgres = await startPostgres();
const unavailable = 'reason' in postgres ? postgres.reason : '';
/** A database with all tables, which is quicker to copy than to make again. */
const template = 'reason' in postgres ? '' : await migrated(await postgres.createDatabase());

async function migrated(databaseUrl: string): Promise<string> {
  const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/' });
  await store.close();
  return databaseUrl.slice(databaseUrl.lastIndexOf('/') + 1);
}

const databases = [
  { name: 'SQLite', skip: false, url: async (root: string) => path.join(root, 'runs.db') },
  {
    name: unavailable === '' ? 'PostgreSQL' : `PostgreSQL (it cannot run here: ${unavailable})`,
    skip: unavailable !== '',
    url: async () => ('reason' in postgres ? '' : postgres.createDatabase(template)),
  },
];

afterAll(async () => {
  if (!('reason' in postgres)) await postgres.stop();
});

describe.each(databases)('garbage collection on $name', ({ skip, url }) => {
  let root: string;
  let store: OpenStore;
  let artifacts: ArtifactStore;
  let now: number;

  beforeEach(async () => {
    if (skip) return undefined;
    root = await mkdtemp(path.join(tmpdir(), 'scorecast-garbage-'));
    now = Date.now();
    store = await openStore({
      databaseUrl: await url(root),
      artifactRoot: 'mlflow-artifacts:/',
      now: () => now,
    });
    artifacts = openArtifactStore(path.join(root, 'files'), { ledger: databaseLedger(store.db, store.now) });
    return async () => {
      await store.close();
      await rm(root, { recursive: true, force: true });
    };
  });

  const collect = (options: GarbageOptions = {}) => collectGarbage(store, artifacts, { dryRun: false, ...options });

  /** A run with records and two files. */
  async function aRun(experimentId = '0'): Promise<string> {
    const { info } = await createRun(store, { experimentId, runName: 'a run', tags: [{ key: 'team', value: 'red' }] });
    const { runId } = info;
    const metrics = [{ key: 'loss', value: 1, timestamp: 1, step: 0 }];
    await logBatch(store, { runId, metrics, params: [{ key: 'alpha', value: '1' }] });
    const dataset = { name: 'd', digest: '1', sourceType: 's', source: '{}', schema: null, profile: null };
    await logInputs(store, { runId, datasets: [{ dataset, tags: [{ key: 'context', value: 'train' }] }] });
    await artifacts.write(`${experimentId}/${runId}/artifacts/model/weights`, stream('12345678'));
    await artifacts.write(`${experimentId}/${runId}/artifacts/notes`, stream('12'));
    return runId;
  }

  async function aModel(experimentId = '0', sourceRunId?: string): Promise<string> {
    const { modelId } = await createLoggedModel(store, {
      experimentId,
      name: 'm',
      ...(sourceRunId && { sourceRunId }),
    });
    if (sourceRunId !== undefined) await logOutputs(store, { runId: sourceRunId, models: [{ modelId, step: 0 }] });
    await artifacts.write(`${experimentId}/models/${modelId}/artifacts/MLmodel`, stream('flavors'));
    return modelId;
  }

  async function aVersion(source: string, runId?: string): Promise<void> {
    await createRegisteredModel(store, { name: 'exams' });
    await createModelVersion(store, { name: 'exams', source, ...(runId && { runId }) });
  }

  const files = () => filesIn(path.join(root, 'files'));

  it.skipIf(skip)('tells what would go, and changes nothing, unless it is asked to remove', async () => {
    const runId = await aRun();
    await deleteRun(store, runId);
    const [rows, before] = [await rowCounts(store), await files()];
    const items: string[] = [];
    const report = await collectGarbage(store, artifacts, {
      onItem: ({ kind, id, name }) => items.push(`${kind} ${id} ${name}`),
    });
    expect(report).toMatchObject({ dryRun: true, kept: [], counts: { run: { count: 1, files: 2, bytes: 10 } } });
    expect(items).toEqual([`run ${runId} a run`]);
    expect(await rowCounts(store)).toEqual(rows);
    expect(await files()).toEqual(before);
    await restoreRun(store, runId);
  });

  it.skipIf(skip)('removes deleted runs with their rows and files, and leaves the others', async () => {
    const [kept, gone] = [await aRun(), await aRun()];
    const expected = await (async () => {
      const only = await rowCounts(store);
      return Object.fromEntries(Object.entries(only).map(([table, count]) => [table, count / 2]));
    })();
    await deleteRun(store, gone);
    const dry = await collect({ dryRun: true });
    const report = await collect();
    expect(report.counts).toEqual(dry.counts);
    expect(report).toMatchObject({ dryRun: false, counts: { run: { count: 1, files: 2, bytes: 10 } } });
    await expect(getRun(store, gone)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(await rowCounts(store)).toEqual(expected);
    expect(await files()).toEqual([`0/${kept}/artifacts/model/weights`, `0/${kept}/artifacts/notes`]);
    expect((await getRun(store, kept)).data.params).toEqual([{ key: 'alpha', value: '1' }]);
    expect((await collect()).counts.run).toEqual(nothing);
  });

  it.skipIf(skip)('leaves what was deleted a short while ago', async () => {
    const runId = await aRun();
    await deleteRun(store, runId);
    now += HOUR_MS;
    expect((await collect({ olderThanMs: 2 * HOUR_MS })).counts.run.count).toBe(0);
    now += HOUR_MS;
    expect((await collect({ olderThanMs: 2 * HOUR_MS })).counts.run.count).toBe(1);
  });

  it.skipIf(skip)('removes more runs than it works on at once', async () => {
    const ids = await Promise.all(Array.from({ length: 450 }, async () => (await createRun(store, {})).info.runId));
    for (const id of ids.slice(0, 440)) await deleteRun(store, id);
    expect((await collect()).counts.run.count).toBe(440);
    expect((await rowCounts(store))['runs']).toBe(10);
  });

  it.skipIf(skip)('removes a deleted experiment with its runs and models', async () => {
    const experiment = await createExperiment(store, { name: 'old', tags: [{ key: 'a', value: 'b' }] });
    const runId = await aRun(experiment);
    await aModel(experiment, runId);
    await deleteExperiment(store, experiment);
    const { counts } = await collect();
    expect(counts).toMatchObject({
      run: { count: 1 },
      'logged-model': { count: 1, files: 1 },
      experiment: { count: 1 },
    });
    expect(await files()).toEqual([]);
    await createExperiment(store, { name: 'old' });
    expect(Object.values(await rowCounts(store)).every((count) => count === 0)).toBe(true);
  });

  it.skipIf(skip)('keeps an experiment of which a run stays', async () => {
    const experiment = await createExperiment(store, { name: 'old' });
    const [runId] = [await aRun(experiment), await aRun(experiment)];
    await deleteExperiment(store, experiment);
    await restoreRun(store, runId);
    expect((await collect()).counts).toMatchObject({ run: { count: 1 }, experiment: nothing });
    await restoreExperiment(store, experiment);
    expect((await getRun(store, runId)).info.lifecycleStage).toBe('active');
  });

  it.skipIf(skip)('removes deleted logged models', async () => {
    const [runId] = [await aRun()];
    const [kept, gone] = [await aModel('0', runId), await aModel('0', runId)];
    await deleteLoggedModel(store, gone);
    expect((await collect()).counts).toMatchObject({ run: nothing, 'logged-model': { count: 1, files: 1, bytes: 7 } });
    expect(await files()).toContain(`0/models/${kept}/artifacts/MLmodel`);
    expect(await files()).not.toContain(`0/models/${gone}/artifacts/MLmodel`);
    expect((await getRun(store, runId)).outputs.modelOutputs.map((output) => output.modelId)).toEqual([kept]);
  });

  it.skipIf(skip)('keeps what a version of a registered model was made from', async () => {
    const experiment = await createExperiment(store, { name: 'old' });
    const runId = await aRun(experiment);
    const modelId = await aModel(experiment, runId);
    await aVersion(`mlflow-artifacts:/${experiment}/models/${modelId}/artifacts`, runId);
    await deleteExperiment(store, experiment);
    const before = await files();
    const report = await collect();
    expect(report.counts).toMatchObject({ run: nothing, 'logged-model': nothing, experiment: nothing });
    expect(report.kept).toEqual([
      { kind: 'run', id: runId, reason: 'version 1 of "exams" was made from it' },
      { kind: 'logged-model', id: modelId, reason: 'version 1 of "exams" was made from it' },
      { kind: 'experiment', id: experiment, reason: 'a run or model of it stays' },
    ]);
    expect(await files()).toEqual(before);
    await deleteModelVersion(store, { name: 'exams', version: '1' });
    expect((await collect()).counts).toMatchObject({
      run: { count: 1 },
      'logged-model': { count: 1 },
      experiment: { count: 1 },
    });
    expect(await files()).toEqual([]);
  });

  it.skipIf(skip)('keeps runs whose files are outside of the store or shared with others', async () => {
    const elsewhere = path.join(root, 'elsewhere');
    for (const [name, location] of [
      ['outside', elsewhere],
      ['shared', 'mlflow-artifacts:/shared'],
    ]) {
      const experiment = await createExperiment(store, { name, artifactLocation: location });
      const { info } = await createRun(store, { experimentId: experiment });
      if (name === 'shared') {
        await store.db.write((queries) =>
          queries.updateTable('runs').set({ artifact_uri: location }).where('run_uuid', '=', info.runId).execute(),
        );
      }
      await deleteRun(store, info.runId);
    }
    await artifacts.write('shared/precious', stream('x'));
    const report = await collect();
    expect(report.counts.run).toEqual(nothing);
    expect(report.kept.map(({ reason }) => reason).sort()).toEqual([
      'its files at mlflow-artifacts:/shared are not in a folder of its own',
      expect.stringContaining('is outside of what this server may read'),
    ]);
    expect(await files()).toEqual(['shared/precious']);
  });

  it.skipIf(skip)('takes up what was interrupted, and lets nobody restore it meanwhile', async () => {
    const experiment = await createExperiment(store, { name: 'old' });
    const runId = await aRun(experiment);
    await deleteRun(store, runId);
    const failing: ArtifactStore = {
      ...artifacts,
      at: (folder) => ({ ...artifacts.at(folder), removeTree: () => Promise.reject(new Error('the power failed')) }),
    };
    await expect(collectGarbage(store, failing, { dryRun: false })).rejects.toThrow('the power failed');
    await expect(restoreRun(store, runId)).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await deleteExperiment(store, experiment);
    await expect(restoreExperiment(store, experiment)).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect((await collect({ olderThanMs: HOUR_MS })).counts.run).toEqual({ count: 1, files: 2, bytes: 10 });
    expect((await rowCounts(store))['scorecast_purges']).toBe(0);
    await restoreExperiment(store, experiment);
  });

  it.skipIf(skip)('stops between two runs when it is told to', async () => {
    for (const runId of [await aRun(), await aRun()]) await deleteRun(store, runId);
    const controller = new AbortController();
    const stopped = collect({ signal: controller.signal, onItem: () => controller.abort() });
    await expect(stopped).rejects.toThrow('aborted');
    expect((await files()).length).toBe(2);
    await collect();
    expect(await files()).toEqual([]);
    expect((await rowCounts(store))['runs']).toBe(0);
  });

  describe('of orphans', () => {
    const old = { leftoverAgeMs: 0 };

    it.skipIf(skip)('removes files of runs and models that are no more, which this store wrote', async () => {
      const runId = await aRun();
      await artifacts.write(`0/${STRANGE}/artifacts/model`, stream('1234'));
      await artifacts.write(`7/models/m-${STRANGE}/artifacts/MLmodel`, stream('12'));
      now += HOUR_MS;
      const report = await collect(old);
      expect(report.counts.orphan).toEqual({ count: 2, files: 2, bytes: 6 });
      expect(await files()).toEqual([`0/${runId}/artifacts/model/weights`, `0/${runId}/artifacts/notes`]);
      expect((await rowCounts(store))['scorecast_artifacts']).toBe(2);
    });

    it.skipIf(skip)('never touches a file that it did not write or cannot attribute', async () => {
      const foreign = openArtifactStore(path.join(root, 'files'));
      const others = [
        `0/${STRANGE}/artifacts/by-another-program`,
        'datasets/exams.csv',
        `0/${STRANGE.slice(1)}/short-id`,
        `x/${STRANGE}/artifacts/model`,
        '0/readme.txt',
        `0/models/${STRANGE}/not-a-model-id`,
      ];
      await foreign.write(others[0], stream('x'));
      for (const file of others.slice(1)) await artifacts.write(file, stream('x'));
      now += HOUR_MS;
      const report = await collect(old);
      expect(report.counts.orphan).toEqual(nothing);
      expect(report.kept).toEqual([
        {
          kind: 'orphan',
          id: `0/${STRANGE}`,
          reason: expect.stringContaining('1 file(s) in it were not written by this store'),
        },
      ]);
      expect(await files()).toEqual([...others].sort());
    });

    it.skipIf(skip)('leaves a folder that a version of a registered model needs, and one that is young', async () => {
      await artifacts.write(`0/${STRANGE}/artifacts/model`, stream('1234'));
      await aVersion(`mlflow-artifacts:/0/${STRANGE}/artifacts`);
      const young = 'e'.repeat(32);
      await artifacts.write(`0/${young}/artifacts/model`, stream('1234'));
      expect((await collect()).counts.orphan).toEqual(nothing);
      now += HOUR_MS;
      expect((await collect(old)).counts.orphan.count).toBe(1);
      expect(await files()).toEqual([`0/${STRANGE}/artifacts/model`]);
    });

    it.skipIf(skip)('does not follow a link to a folder elsewhere', async () => {
      await mkdir(path.join(root, 'precious', 'artifacts'), { recursive: true });
      await writeFile(path.join(root, 'precious/artifacts/file'), 'x');
      await mkdir(path.join(root, 'files/0'), { recursive: true });
      await symlink(path.join(root, 'precious'), path.join(root, 'files/0', STRANGE));
      now += HOUR_MS;
      expect((await collect(old)).counts.orphan).toEqual(nothing);
      expect(await readdir(path.join(root, 'precious/artifacts'))).toEqual(['file']);
    });
  });

  it.skipIf(skip)('removes what interrupted writes left, when it has not grown for a day', async () => {
    const runId = await aRun();
    const upload = { path: `0/${runId}/artifacts/big`, id: await artifacts.uploads.start(`0/${runId}/artifacts/big`) };
    await artifacts.uploads.write(upload, 1, stream('12345'));
    const partial = path.join(root, 'files', `0/${runId}/artifacts/.scorecast-1.partial`);
    await writeFile(partial, '123');
    await utimes(partial, 1000, 1000);
    expect((await collect()).counts.leftover).toEqual({ count: 1, files: 1, bytes: 3 });
    expect(await artifacts.uploads.parts(upload)).toHaveLength(1);
    now += 25 * HOUR_MS;
    expect((await collect()).counts.leftover).toEqual({ count: 1, files: 1, bytes: 5 });
    expect(await files()).toHaveLength(2);
  });

  describe('with its ledger in the database', () => {
    const entry = (uri: string, letter = 'a') => ({ uri, sizeBytes: 2 ** 40, sha256: letter.repeat(64) });

    it.skipIf(skip)('keeps the last entry of each file, and forgets a folder with all beneath it', async () => {
      const ledger = databaseLedger(store.db, store.now);
      const uris = [
        'file:///a/b',
        'file:///a/b/c',
        'file:///a/b/d/e',
        'file:///a/b-c',
        'file:///a/bb',
        'file:///a/b/ü',
        'file:///a/b0',
      ];
      for (const uri of uris) await ledger.note(entry(uri));
      await ledger.note(entry(uris[1], 'b'));
      expect(await ledger.find(uris[1])).toEqual(entry(uris[1], 'b'));
      expect((await all(ledger.beneath('file:///a/b'))).map(({ uri }) => uri)).toEqual([uris[1], uris[2], uris[5]]);
      await ledger.forgetTree('file:///a/b');
      expect((await all(ledger.beneath('file:///a'))).map(({ uri }) => uri)).toEqual([uris[3], uris[6], uris[4]]);
      await ledger.forget(uris[4]);
      expect(await ledger.find(uris[4])).toBeUndefined();
    });

    it.skipIf(skip)('verifies what another process wrote', async () => {
      await artifacts.write('0/model', stream('content'));
      const later = openArtifactStore(path.join(root, 'files'), { ledger: databaseLedger(store.db, store.now) });
      expect((await later.find('0/model'))?.sha256).toBe(sha256('content'));
      await writeFile(path.join(root, 'files/0/model'), 'CONTENT');
      await expect(later.read('0/model').then(textOf)).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED' });
    });
  });
});
