import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { TrackingClient } from '@scorecast/track';
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

describe('scorecast import', () => {
  it('copies runs whole: params, tags, histories, data sets, files, times and status', async () => {
    const source = await sourceServer();
    const folder = await temporaryFolder();
    const { code, stderr } = await cli(folder, 'import', '--from', source.url);
    expect([code, stderr]).toEqual([0, expect.stringContaining('copied 2 runs and 1 version; 0 were there already')]);
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
    expect(second.stderr).toContain('copied 0 runs and 0 versions; 3 were there already');
    expect(await everything(client)).toEqual(before);
    await (await source.client.runs.start({ experiment: 'odd' })).end();
    const third = await cli(folder, 'import', '--from', source.url);
    expect(third.stderr).toContain('copied 1 run and 0 versions; 3 were there already');
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
