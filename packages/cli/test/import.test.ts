import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { TraceInfo, TrackingClient } from '@scorecast/track';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';
import { listed, trackedIn, trackIn, valuesOf } from './tracked.js';

/** A server with one training, and one run that has what runs seldom have. */
async function sourceServer() {
  const folder = await examsProject();
  await cli(folder, 'train');
  const { url } = await trackIn(folder);
  const client = await trackedIn(folder);
  const run = await client.runs.start({
    experiment: 'odd',
    name: 'odd one',
    user: 'ada',
    startTime: 1000,
    tags: { a: "it's" },
  });
  await run.logParams({ depth: 3 });
  await run.logHistory([
    { key: 'loss', value: NaN, step: -1, timestamp: 5 },
    { key: 'loss', value: Infinity, step: 0, timestamp: 6 },
    { key: 'loss', value: 0.25, step: 1, timestamp: 7 },
  ]);
  await run.logArtifact('plots/a b.txt', 'ä');
  await run.end('FAILED', 2000);
  return { url, client, odd: run.info.runId };
}

async function everything(client: TrackingClient) {
  return {
    runs: await listed(client.runs.search({ orderBy: ['attributes.start_time ASC'] })),
    versions: await listed(client.models.searchVersions()),
  };
}

/** A step of a trace, as MLflow 3 writes it to files. */
const SPAN = {
  trace_id: btoa('\x11'.repeat(16)),
  span_id: btoa('\x22'.repeat(8)),
  parent_span_id: null,
  name: 'answer',
  start_time_unix_nano: 1_700_000_000_123_456_789n,
  end_time_unix_nano: 1_700_000_000_143_456_789n,
  events: [{ name: 'exception', time_unix_nano: 1_700_000_000_133_456_789n, attributes: { type: 'ValueError' } }],
  status: { code: 'STATUS_CODE_ERROR', message: 'no such student' },
  attributes: { 'mlflow.spanType': '"TOOL"', 'mlflow.spanInputs': '{"hours": 5, "share": 1.0, "tags": ["a", null]}' },
};

describe('scorecast import', () => {
  it('copies runs whole: params, tags, histories, data sets, files, times and status', async () => {
    const source = await sourceServer();
    const folder = await temporaryFolder();
    const { code, stderr } = await cli(folder, 'import', '--from', source.url);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('copied 2 runs, 0 logged models, 1 version and 0 traces; 0 were there already'),
    ]);
    const client = await trackedIn(folder);
    const [odd, trained] = (await everything(client)).runs;
    expect(odd.info).toMatchObject({
      runName: 'odd one',
      userId: 'ada',
      status: 'FAILED',
      startTime: 1000,
      endTime: 2000,
    });
    expect(valuesOf(odd.data.params)).toEqual({ depth: '3' });
    expect(valuesOf(odd.data.tags)).toMatchObject({
      a: "it's",
      'scorecast.imported_from': `${source.url} ${source.odd}`,
    });
    const history = await listed(client.runs.history(odd.info.runId, 'loss'));
    expect(history.map(({ value, step, timestamp }) => [value, step, timestamp])).toEqual([
      [NaN, -1, 5],
      [Infinity, 0, 6],
      [0.25, 1, 7],
    ]);
    const file = await client.runs.readFile(odd.info.runId, 'plots/a b.txt');
    expect(new TextDecoder().decode(file)).toBe('ä');
    expect(trained.inputs.datasetInputs[0]).toMatchObject({
      dataset: { name: 'exams' },
      tags: [{ value: 'training' }],
    });
  });

  it('copies versions with aliases, which then predict and are reproduced here', async () => {
    const source = await sourceServer();
    const folder = await temporaryFolder();
    await cli(folder, 'import', '--from', source.url);
    const client = await trackedIn(folder);
    const original = await source.client.models.findByAlias('exams', 'production');
    const copy = await client.models.findByAlias('exams', 'production');
    expect(copy).toMatchObject({ version: '1', description: original?.description });
    expect((await cli(folder, 'export', 'exams')).code).toBe(0);
    expect((await cli(folder, 'reproduce', copy?.runId ?? '')).code).toBe(0);
  });

  it('adds nothing the second time, and only what is new the third time', async () => {
    const source = await sourceServer();
    const folder = await temporaryFolder();
    await cli(folder, 'import', '--from', source.url);
    const client = await trackedIn(folder);
    const before = await everything(client);
    const second = await cli(folder, 'import', '--from', source.url);
    expect(second.stderr).toContain('copied 0 runs, 0 logged models, 0 versions and 0 traces; 3 were there already');
    expect(await everything(client)).toEqual(before);
    await (await source.client.runs.start({ experiment: 'odd' })).end();
    const third = await cli(folder, 'import', '--from', source.url);
    expect(third.stderr).toContain('copied 1 run, 0 logged models, 0 versions and 0 traces; 3 were there already');
  });

  it('copies deleted runs as deleted, and names deleted experiments', async () => {
    const source = await sourceServer();
    await source.client.runs.delete(source.odd);
    await source.client.experiments.delete(await source.client.experiments.create('abandoned'));
    const folder = await temporaryFolder();
    for (const copied of ['copied 2 runs', 'copied 0 runs']) {
      const { code, stderr } = await cli(folder, 'import', '--from', source.url);
      expect([code, stderr]).toEqual([0, expect.stringContaining(copied)]);
      expect(stderr).toContain('the experiment abandoned is deleted there and left out');
    }
    const client = await trackedIn(folder);
    const [gone, ...others] = await listed(client.runs.search({ view: 'DELETED_ONLY' }));
    expect(others).toEqual([]);
    expect(gone.info).toMatchObject({ runName: 'odd one', status: 'FAILED', endTime: 2000 });
    expect(new TextDecoder().decode(await client.runs.readFile(gone.info.runId, 'plots/a b.txt'))).toBe('ä');
  });

  it('copies logged models with files and metrics, the versions made of them, and which runs made and used them', async () => {
    const source = await sourceServer();
    const { loggedModels, models, runs, experiments } = source.client;
    const experimentId = await experiments.ensure('odd');
    const run = await runs.start({ experiment: 'odd', name: 'maker' });
    const model = await loggedModels.create({
      experimentId,
      name: 'forest',
      sourceRunId: run.info.runId,
      params: { depth: '3' },
      tags: { a: 'b' },
    });
    await loggedModels.writeFile(model, 'data/weights.bin', new Uint8Array([1, 2, 3]));
    await run.logHistory([{ key: 'rmse', value: 0.5, step: 2, timestamp: 9, modelId: model.modelId }]);
    await run.logModels({ inputs: [], outputs: [{ modelId: model.modelId, step: 2 }] });
    await loggedModels.finalize(model.modelId, 'LOGGED_MODEL_READY');
    await run.end();
    await models.create('forests');
    const { modelId } = model;
    await models.createVersion('forests', { source: `models:/${modelId}`, runId: run.info.runId, modelId });

    const folder = await temporaryFolder();
    const first = await cli(folder, 'import', '--from', source.url, '--experiment', 'odd');
    expect([first.code, first.stderr]).toEqual([
      0,
      expect.stringContaining('copied 2 runs, 1 logged model, 1 version and 0 traces; 0 were there already'),
    ]);
    const second = await cli(folder, 'import', '--from', source.url, '--experiment', 'odd');
    expect(second.stderr).toContain('copied 0 runs, 0 logged models, 0 versions and 0 traces; 4 were there already');

    const client = await trackedIn(folder);
    const maker = (await everything(client)).runs.find(({ info }) => info.runName === 'maker');
    const [copy] = await listed(client.loggedModels.search(maker?.info.experimentId ?? ''));
    expect(copy).toMatchObject({
      name: 'forest',
      status: 'LOGGED_MODEL_READY',
      sourceRunId: maker?.info.runId,
      params: [{ key: 'depth', value: '3' }],
      metrics: [{ key: 'rmse', value: 0.5, step: 2, timestamp: 9 }],
    });
    expect(valuesOf(copy.tags)).toMatchObject({ a: 'b', 'scorecast.imported_from': `${source.url} ${modelId}` });
    expect([...(await client.loggedModels.readFile(copy.modelId, 'data/weights.bin'))]).toEqual([1, 2, 3]);
    expect(maker?.outputs.modelOutputs).toEqual([{ modelId: copy.modelId, step: 2 }]);
    expect([...(await client.models.readFile('forests', '1', 'data/weights.bin'))]).toEqual([1, 2, 3]);
  });

  it('copies traces with their steps, and the runs that they belong to', async () => {
    const source = await sourceServer();
    const experimentId = await source.client.experiments.ensure('odd');
    const other = await source.client.runs.start({ experiment: 'odd', name: 'judge' });
    const trace: TraceInfo = {
      traceId: `tr-${'1'.repeat(32)}`,
      experimentId,
      clientRequestId: 'mine',
      requestTime: 1_700_000_000_123,
      executionDuration: 20,
      state: 'ERROR',
      requestPreview: 'question',
      responsePreview: null,
      metadata: [{ key: 'mlflow.sourceRun', value: source.odd }],
      tags: [{ key: 'mlflow.traceName', value: 'answer' }],
    };
    const { traces } = source.client;
    await traces.logSpans(trace, [SPAN]);
    await traces.start(trace);
    await traces.linkToRun([trace.traceId], other.info.runId);

    const folder = await temporaryFolder();
    const first = await cli(folder, 'import', '--from', source.url);
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('and 1 trace; 0 were there already')]);
    const second = await cli(folder, 'import', '--from', source.url);
    expect(second.stderr).toContain('and 0 traces;');

    const client = await trackedIn(folder);
    const copies = (await everything(client)).runs;
    const idOf = (name: string) => copies.find(({ info }) => info.runName === name)?.info.runId ?? '';
    const target = await client.experiments.ensure('odd');
    for (const run of ['odd one', 'judge']) {
      const [copy, ...none] = await listed(client.traces.search(target, `run_id = '${idOf(run)}'`));
      expect(none).toEqual([]);
      expect(copy).toMatchObject({
        ...trace,
        experimentId: target,
        metadata: expect.anything(),
        tags: expect.anything(),
      });
      expect(valuesOf(copy.metadata)).toMatchObject({ 'mlflow.sourceRun': idOf('odd one') });
      expect(valuesOf(copy.tags)).toMatchObject({ 'mlflow.traceName': 'answer' });
    }
    expect(await client.traces.spans(trace.traceId)).toEqual(await traces.spans(trace.traceId));
  });

  it('goes on with a copy that was interrupted', async () => {
    const source = await sourceServer();
    const folder = await temporaryFolder();
    const client = await trackedIn(folder);
    const tags = { 'scorecast.imported_from': `${source.url} ${source.odd}` };
    const { info } = await client.runs.start({ experiment: 'odd', tags });
    await cli(folder, 'import', '--from', source.url, '--experiment', 'odd');
    const { runs, versions } = await everything(client);
    expect([runs.map((run) => run.info.runId), versions]).toEqual([[info.runId], []]);
    expect(runs[0].info.status).toBe('FAILED');
    expect(runs[0].data.metrics).toHaveLength(1);
  });

  it('stops when it is cancelled', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const asked = new Promise((resolve) => silent.once('connection', resolve));
    const live = startCli(await temporaryFolder(), ['import', '--from', url]);
    await asked;
    live.signal('SIGINT');
    expect((await live.ended).code).toBe(130);
    silent.close();
  });

  it.each([
    [['--from', 'runs.db'], 'runs.db is no server'],
    [['--from', 'http://127.0.0.1:9', '--tracking-uri', 'http://127.0.0.1:9/'], 'cannot be copied into itself'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await cli(await temporaryFolder(), 'import', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('names an experiment that is not there', async () => {
    const source = await sourceServer();
    const { code, stderr } = await cli(await temporaryFolder(), 'import', '--from', source.url, '--experiment', 'exam');
    expect([code, stderr]).toEqual([1, expect.stringContaining('did you mean exams?')]);
  });
});
