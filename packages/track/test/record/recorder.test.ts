import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverSpooled } from '../../src/record/deliver-spooled.js';
import { recorderOf } from '../../src/record/recorder.js';
import { spoolIn, type Spool } from '../../src/record/spool.js';
import type { RecordingTarget } from '../../src/record/recording-target.js';
import { trackError } from '../../src/track-error.js';
import type { TrainingRecord } from '../../src/record/training-record.js';

const record: TrainingRecord = {
  id: '0123456789abcdef0123456789abcdef',
  experiment: 'exams',
  runName: 'ridge',
  user: 'me',
  startTime: 1000,
  status: 'FINISHED',
  endTime: 2000,
  params: [{ key: 'alpha', value: '1' }],
  tags: [],
  metrics: [{ key: 'loss', value: Number.NaN, step: 0, timestamp: 1500 }],
  datasets: [],
  artifacts: [{ path: 'model/bundle.json', text: '{}' }],
  model: { name: 'exams', folder: 'model', description: '', tags: [] },
};

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scorecast-spool-'));
  spool = spoolIn(path.join(folder, 'spool'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A target that notes what it is asked, and refuses or never answers what `fails` names. */
function fakeTarget(fails: (call: string) => boolean | Error | 'hang' = () => false) {
  const calls: string[] = [];
  const runs = new Map<string, { runId: string; artifactUri: string }>();
  const call = async (name: string) => {
    calls.push(name);
    const failure = fails(name);
    if (failure === 'hang') await new Promise(() => undefined);
    if (failure instanceof Error) throw failure;
    if (failure !== false) throw new Error(`${name} failed`);
  };
  const target: RecordingTarget = {
    uri: 'fake',
    findRun: async ({ id }) => {
      await call('findRun');
      return runs.get(id);
    },
    startRun: async ({ id }) => {
      await call('startRun');
      const run = { runId: `run-${runs.size + 1}`, artifactUri: 'mlflow-artifacts:/x' };
      runs.set(id, run);
      return run;
    },
    log: (_, { metrics = [] }) => call(`log ${metrics.map(({ key, value }) => `${key}=${value}`).join()}`),
    logDataset: () => call('logDataset'),
    writeArtifact: (_, file) => call(`write ${file}`),
    register: async (run, { name }) => {
      await call('register');
      return {
        name,
        version: '1',
        creationTime: 0,
        lastUpdatedTime: 0,
        description: null,
        userId: null,
        currentStage: 'None',
        source: null,
        runId: run.runId,
        runLink: null,
        status: 'READY',
        statusMessage: null,
        tags: [],
        aliases: [],
      };
    },
    endRun: (_, { status }) => call(`end ${status}`),
    close: async () => undefined,
  };
  return { target, calls, runs };
}

describe('a recorder', () => {
  it('ends the run last, when everything else is there', async () => {
    const { target, calls } = fakeTarget();
    const recorder = recorderOf(async () => target, spool);
    await recorder.begin(record);
    expect(await recorder.finish(record)).toMatchObject({ kind: 'delivered', version: { version: '1' } });
    expect(calls).toEqual(['startRun', 'log loss=NaN', 'write model/bundle.json', 'register', 'end FINISHED']);
  });

  it('sends progress when the last has arrived, and leaves out what comes in between', async () => {
    const { target, calls } = fakeTarget();
    const recorder = recorderOf(async () => target, spool);
    await recorder.begin(record);
    const best = (value: number) => [{ key: 'best', value, step: value, timestamp: 0 }];
    recorder.progress(best(1));
    recorder.progress(best(2));
    await new Promise((resolve) => setImmediate(resolve));
    recorder.progress(best(3));
    expect(calls).toEqual(['startRun', 'log best=1', 'log best=3']);
  });

  it.each(['startRun', 'log loss=NaN', 'write model/bundle.json', 'register', 'end FINISHED'])(
    'keeps the record when "%s" fails, and the next training delivers it, once',
    async (failing) => {
      const broken = fakeTarget((call) => call === failing);
      const recorder = recorderOf(async () => broken.target, spool);
      await recorder.begin(record);
      expect(await recorder.finish(record)).toEqual({
        kind: 'spooled',
        folder: spool.folder,
        reason: `${failing} failed`,
        refused: [],
      });

      const mended = fakeTarget();
      for (const [id, run] of broken.runs) mended.runs.set(id, run);
      const next = { ...record, id: 'f'.repeat(32) };
      const other = recorderOf(async () => mended.target, spool);
      await other.begin(next);
      await other.finish(next);
      expect(mended.calls.filter((call) => call === 'end FINISHED')).toHaveLength(2);
      expect([...mended.runs.keys()].sort()).toEqual([record.id, next.id]);
      expect((await spool.kept()).records).toEqual([]);
    },
  );

  it('keeps the record when the target cannot even be opened', async () => {
    const recorder = recorderOf(() => Promise.reject(new Error('no such server')), spool);
    await recorder.begin(record);
    recorder.progress(record.metrics);
    expect(await recorder.finish(record)).toMatchObject({ kind: 'spooled', reason: 'no such server' });
  });

  it('delivers earlier records first, so that versions come in the order of their trainings', async () => {
    await spool.keep(record);
    const { target, runs } = fakeTarget();
    const recorder = recorderOf(async () => target, spool);
    const next = { ...record, id: 'f'.repeat(32) };
    expect(await recorder.finish(next)).toMatchObject({ kind: 'delivered', earlier: 1 });
    expect([...runs.keys()]).toEqual([record.id, next.id]);
  });

  it('asks a target that failed at the beginning again after a while, and not at once', async () => {
    let failures = 1;
    let time = 0;
    const { target, calls } = fakeTarget((call) => call === 'startRun' && failures-- > 0);
    const recorder = recorderOf(async () => target, spool, { now: () => time });
    await recorder.begin(record);
    time = 9_999;
    expect(await recorder.finish(record)).toMatchObject({ kind: 'spooled', reason: 'startRun failed' });
    expect(calls).toEqual(['startRun']);
    time = 10_000;
    expect(await recorder.finish({ ...record, id: 'f'.repeat(32) })).toMatchObject({ kind: 'delivered', earlier: 1 });
  });

  it('sets a record aside that the target refuses for good, says so once, and delivers the later ones', async () => {
    const refusedOne = { ...record, id: 'a'.repeat(32), artifacts: [{ path: 'bad', text: '' }] };
    await spool.keep(refusedOne);
    await spool.keep({ ...record, id: 'b'.repeat(32), startTime: 2000 });
    const { target, runs } = fakeTarget((call) =>
      call === 'write bad' ? trackError('INVALID_PARAMETER_VALUE', { message: 'Invalid path: bad' }) : false,
    );
    const file = path.join(spool.folder, 'refused', `${refusedOne.id}.json`);
    const first = await recorderOf(async () => target, spool).finish({ ...record, id: 'c'.repeat(32) });
    expect(first).toMatchObject({ kind: 'delivered', earlier: 1, refused: [{ file, reason: 'Invalid path: bad' }] });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ id: refusedOne.id, refusal: 'Invalid path: bad' });
    expect([...runs.keys()].map((id) => id[0])).toEqual(['a', 'b', 'c']);
    const next = await recorderOf(async () => target, spool).finish({ ...record, id: 'd'.repeat(32) });
    expect(next).toMatchObject({ kind: 'delivered', earlier: 0, refused: [] });
  });

  it.each([
    ['goes on after a record that the target fails at, and keeps it', 'INTERNAL_ERROR', 2],
    ['delivers nothing that waited where the target lets nobody in', 'PERMISSION_DENIED', 0],
  ] as const)('%s', async (_, code, delivered) => {
    const odd = { ...record, id: 'a'.repeat(32), artifacts: [{ path: 'odd', text: '' }] };
    for (const one of [odd, { ...record, id: 'b'.repeat(32), startTime: 2000 }]) await spool.keep(one);
    await spool.keep({ ...record, id: 'c'.repeat(32), startTime: 3000 });
    const { target } = fakeTarget((call) => (call === 'write odd' ? trackError(code, { message: 'no' }) : false));
    const result = await deliverSpooled(target, spool);
    expect(result.delivered).toHaveLength(delivered);
    expect(result.refused).toEqual([]);
    expect((await spool.kept()).records).toHaveLength(3 - delivered);
  });

  it.each(['startRun', 'log loss=NaN', 'end FINISHED'])(
    'keeps the record when it is told to wait no longer, while "%s" hangs',
    async (hanging) => {
      const stop = new AbortController();
      const { target } = fakeTarget((call) => {
        if (call !== hanging) return false;
        setImmediate(() => stop.abort(new Error('cancelled')));
        return 'hang';
      });
      const recorder = recorderOf(async () => target, spool, { signal: stop.signal });
      await recorder.begin(record);
      expect(await recorder.finish(record)).toMatchObject({ kind: 'spooled', reason: 'cancelled' });
      expect((await spool.kept()).records).toHaveLength(1);
    },
  );

  it('says so when neither target nor disk takes the record', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const recorder = recorderOf(async () => fakeTarget(() => true).target, spoolIn(path.join(folder, 'file')));
    expect(await recorder.finish(record)).toMatchObject({
      kind: 'lost',
      reason: expect.stringContaining('findRun failed; and'),
    });
  });
});

describe('a spool', () => {
  it('gives back what it was given, NaN and infinities included', async () => {
    const metrics = [Number.NaN, Infinity, -0.25].map((value) => ({ key: 'x', value, step: 1, timestamp: 2 }));
    await spool.keep({ ...record, metrics });
    expect((await spool.kept()).records).toEqual([{ ...record, metrics }]);
  });

  it('leaves files that are no records where they are, and names them', async () => {
    await spool.keep(record);
    const other = path.join(spool.folder, 'other.json');
    await writeFile(other, '{"id": "x"}');
    await writeFile(path.join(spool.folder, 'cut.json.partial'), '{');
    const { target } = fakeTarget();
    expect(await deliverSpooled(target, spool)).toMatchObject({ delivered: [{}], unreadable: [other] });
    expect((await readdir(spool.folder)).sort()).toEqual(['cut.json.partial', 'other.json']);
  });
});
