import { describe, expect, it } from 'vitest';
import { fakeServer } from './fake-server.js';

const now = { 'retry-after': '0' };
const missing = { status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no such run' } };
const run = (more: object = {}) => ({
  run: {
    info: { run_id: 'a1', experiment_id: '7', status: 'RUNNING', artifact_uri: 'mlflow-artifacts:/7/a1/artifacts' },
    ...more,
  },
});

describe('a tracking client', () => {
  it('tells a refusal by the code and the words of the server', async () => {
    const { tracking } = fakeServer([missing]);
    await expect(tracking.runs.get('a1')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'no such run',
    });
  });

  it('tells a refusal that is no JSON by its status', async () => {
    const { tracking } = fakeServer([{ status: 403, json: [] }]);
    await expect(tracking.runs.get('a1')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it('tells a 404 without a code as an endpoint that is not there, without its page', async () => {
    const fetch = () => Promise.resolve(new Response('<!doctype html><h1>Not Found</h1>', { status: 404 }));
    const { tracking } = fakeServer([], { fetch });
    await expect(tracking.registry.verifyAudit()).rejects.toMatchObject({
      code: 'ENDPOINT_NOT_FOUND',
      message: 'GET api/2.0/scorecast/audit/verify: 404',
    });
  });

  it('asks again after a busy server and a broken connection', async () => {
    const busy = { status: 503, json: {}, headers: now };
    const { tracking, seen } = fakeServer([busy, 'broken', run()]);
    expect((await tracking.runs.get('a1')).info.runId).toBe('a1');
    expect(seen).toHaveLength(3);
  });

  it('does not begin a second run where the first may exist', async () => {
    const experiment = { experiment: { experiment_id: '7', name: 'exams' } };
    const { tracking, seen } = fakeServer([experiment, 'broken']);
    await expect(tracking.runs.start({ experiment: 'exams' })).rejects.toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
    });
    expect(seen.map(({ path }) => path.split('?')[0])).toEqual([
      '/api/2.0/mlflow/experiments/get-by-name',
      '/api/2.0/mlflow/runs/create',
    ]);
  });

  it('gives up after as many retries as it was told', async () => {
    const busy = { status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'oh' }, headers: now };
    const { tracking, seen } = fakeServer([busy, busy, busy], { retries: 1 });
    await expect(tracking.runs.get('a1')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(seen).toHaveLength(2);
  });

  it('stops waiting when it is cancelled', async () => {
    const stop = new AbortController();
    const busy = { status: 503, json: {}, headers: { 'retry-after': '5' } };
    const { tracking } = fakeServer([busy], { signal: stop.signal });
    const asked = tracking.runs.get('a1');
    setTimeout(() => stop.abort(), 20);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names neither password nor token of an address that does not answer', async () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:5000');
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const { tracking } = fakeServer([], { url: 'http://me:secret@server', retries: 0, fetch });
    await expect(tracking.runs.get('a1')).rejects.toThrow(
      'the tracking server http://server does not answer: connect ECONNREFUSED 127.0.0.1:5000 (',
    );
  });

  it.each([
    [{ token: 't0' }, 'Bearer t0'],
    [{ user: { name: 'ä', password: 'b' } }, `Basic ${Buffer.from('ä:b').toString('base64')}`],
  ])('identifies itself by %o', async (options, authorization) => {
    const { tracking, seen } = fakeServer([run()], options);
    await tracking.runs.get('a1');
    expect(seen[0]?.authorization).toBe(authorization);
  });
});

describe('a run of a tracking client', () => {
  const started = async (count = 10) => {
    const fake = fakeServer([run(), ...Array.from({ length: count }, () => ({}))]);
    return { ...fake, active: await fake.tracking.runs.resume('a1') };
  };

  it('writes numbers that JSON does not have by their names', async () => {
    const { active, seen } = await started();
    await active.logMetrics({ r2: 0.5, loss: Number.NaN, best: -Infinity }, 3);
    expect(seen[1]?.json.metrics.map(({ value, step }: { value: unknown; step: number }) => [value, step])).toEqual([
      [0.5, 3],
      ['NaN', 3],
      ['-Infinity', 3],
    ]);
  });

  it('sends measurements by the thousand', async () => {
    const { active, seen } = await started();
    await active.logHistory(Array.from({ length: 2500 }, (_, step) => ({ key: 'loss', value: 1 / (step + 1), step })));
    expect(seen.slice(1).map(({ json }) => json.metrics.length)).toEqual([1000, 1000, 500]);
  });

  it('writes params that are no texts as JSON, a hundred at a time', async () => {
    const { active, seen } = await started();
    await active.logParams({
      alpha: 0.1,
      depth: null,
      name: 'a "b"',
      none: undefined,
      ...Object.fromEntries(Array(98).fill(0).entries()),
    });
    expect(seen.slice(1).map(({ json }) => json.params.length)).toEqual([100, 1]);
    const params = seen.slice(1).flatMap(({ json }) => json.params);
    expect(params).toContainEqual({ key: 'alpha', value: '0.1' });
    expect(params).toContainEqual({ key: 'depth', value: 'null' });
    expect(params).toContainEqual({ key: 'name', value: 'a "b"' });
  });

  it('writes artifacts through the proxy, names encoded', async () => {
    const { active, seen } = await started();
    await active.logArtifact('tables/10 %.json', '{}');
    expect(seen[1]).toMatchObject({
      method: 'PUT',
      path: '/api/2.0/mlflow-artifacts/artifacts/7/a1/artifacts/tables/10%20%25.json',
    });
  });

  it('refuses to write artifacts that the server does not keep', async () => {
    const info = { run_id: 'a1', artifact_uri: 's3://bucket/x' };
    const { tracking } = fakeServer([{ run: { info } }]);
    const active = await tracking.runs.resume('a1');
    expect(() => active.logArtifact('x', '')).toThrow('the artifacts of run a1 are kept at s3://bucket/x');
  });
});

describe('the files of a run', () => {
  it('are listed folder by folder, with their sizes where the server says them', async () => {
    const { tracking, seen } = fakeServer([
      {
        files: [
          { path: 'model', is_dir: true },
          { path: 'job.json', is_dir: false, file_size: '12' },
        ],
      },
      { files: [{ path: 'model/bundle.json', is_dir: false }] },
    ]);
    const found = [];
    for await (const file of tracking.runs.files('a1')) found.push(file);
    expect(found).toEqual([
      { path: 'model/bundle.json', sizeBytes: null },
      { path: 'job.json', sizeBytes: 12 },
    ]);
    expect(seen.map(({ path }) => path.split('?')[1])).toEqual(['run_id=a1', 'run_id=a1&path=model']);
  });
});

describe('the audit log of a tracking client', () => {
  it('says how many entries it has, or where it is broken', async () => {
    const { tracking } = fakeServer([
      { is_whole: true, entries: 3, hash: 'ab' },
      { is_whole: false, sequence: 2, reason: 'entry 2 was changed' },
    ]);
    expect(await tracking.registry.verifyAudit()).toEqual({
      isWhole: true,
      entries: 3,
      hash: 'ab',
      sequence: null,
      reason: null,
    });
    expect(await tracking.registry.verifyAudit()).toMatchObject({ isWhole: false, sequence: 2, hash: null });
  });
});

describe('a search of a tracking client', () => {
  it('goes through all pages, one item after the other', async () => {
    const { tracking, seen } = fakeServer([
      { experiments: [{ experiment_id: '7', name: 'exams' }] },
      { runs: [run().run], next_page_token: 'p2' },
      { runs: [run({ data: { metrics: [{ key: 'r2', value: 'NaN', timestamp: 5, step: 1 }] } }).run] },
    ]);
    const found = [];
    for await (const one of tracking.runs.search({ filter: 'metrics.r2 > 0', orderBy: ['metrics.r2 DESC'] })) {
      found.push(one.data.metrics);
    }
    expect(found).toEqual([[], [{ key: 'r2', value: Number.NaN, timestamp: 5, step: 1 }]]);
    expect(seen[2]?.json).toMatchObject({ experiment_ids: ['7'], page_token: 'p2', order_by: ['metrics.r2 DESC'] });
  });

  it('of experiments that do not exist finds no run and asks for none', async () => {
    const { tracking, seen } = fakeServer([{ experiments: [{ experiment_id: '7', name: 'exams' }] }]);
    const found = tracking.runs.search({ experiments: ['other'] });
    expect(await found.next()).toEqual({ done: true, value: undefined });
    expect(seen).toHaveLength(1);
  });

  it('takes an experiment that another program created in between', async () => {
    const exists = { status: 400, json: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'there' } };
    const found = { experiment: { experiment_id: '9', name: 'exams' } };
    const { tracking } = fakeServer([missing, exists, found]);
    expect(await tracking.experiments.ensure('exams')).toBe('9');
  });
});
