import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, startCli } from './cli-run.js';
import { changeExams, examsProject, uselessSettings } from './exams-project.js';
import { listed, trackedIn, trackIn, valuesOf, webServer } from './tracked.js';

/** Requests to a server that hangs are given up soon. */
const IMPATIENT = { MLFLOW_HTTP_REQUEST_TIMEOUT: '0.2' };

/** Takes long enough to be cancelled. */
const FOREST = { estimator: 'random-forest', params: { nEstimators: [3000, 4000, 5000] } };

const spoolOf = (folder: string) => readdir(path.join(folder, 'scorecast-out/unrecorded')).catch(() => []);

describe('a training', () => {
  it('is recorded as a run with params, metrics of all parts and folds, data and files', async () => {
    const folder = await examsProject();
    const { code, stderr } = await cli(folder, 'train');
    expect(code, stderr).toBe(0);
    const { runs, experiments } = await trackedIn(folder);
    const [{ info, data, inputs }, ...others] = await listed(runs.search({ experiments: ['exams'] }));
    expect(others).toEqual([]);
    expect(info).toMatchObject({ status: 'FINISHED', lifecycleStage: 'active' });
    expect((await experiments.get(info.experimentId)).name).toBe('exams');
    expect(stderr).toContain(
      `recorded as run ${info.runId}, registered as exams version 1\nin production: version 1\n`,
    );

    expect(valuesOf(data.params)).toMatchObject({ estimator: 'ridge', seed: '42', folds: '5', test_size: '0.2' });
    expect(valuesOf(data.params)).toHaveProperty('alpha');
    const metrics = valuesOf(data.metrics);
    expect(metrics).toMatchObject({ train_rows: 160, test_rows: 40, interval_level: 0.9, leakage_warnings: 0 });
    const folds = await listed(runs.history(info.runId, 'fold_r2'));
    expect(folds.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(folds.reduce((sum, { value }) => sum + value, 0) / 5).toBeCloseTo(metrics['cv_r2'], 12);

    const tags = valuesOf(data.tags);
    const [{ dataset }] = inputs.datasetInputs;
    expect(tags['scorecast.data_sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(dataset).toMatchObject({ name: 'exams', digest: tags['scorecast.data_sha256'].slice(0, 32) });
    const files = await listed(runs.files(info.runId));
    expect(files.map((file) => file.path).sort()).toEqual([
      'environment.json',
      'job.json',
      'leaderboard.json',
      'model/bundle.json',
    ]);
  });

  it('registers version 1 and puts it into production; the next one leaves that alone', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stderr } = await cli(folder, 'train', '--seed', '43');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /registered as exams version 2\nin production: version 1 as before; .*models promote exams 2/,
    );
    const { models } = await trackedIn(folder);
    expect(await models.findByAlias('exams', 'production')).toMatchObject({ version: '1' });
  });

  it('goes into production when that is asked for and the gates let it', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stderr } = await cli(folder, 'train', '--promote', 'the yearly training');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('in production: version 2\n');
    const { models, registry } = await trackedIn(folder);
    expect(await models.findByAlias('exams', 'production')).toMatchObject({ version: '2' });
    const [move] = await listed(registry.audit('exams'));
    expect(move).toMatchObject({ action: 'alias.move', details: { from: 1, to: 2, reason: 'the yearly training' } });
  });

  it('stops with exit code 5 when a gate is closed, and leaves production alone', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    await changeExams(folder, uselessSettings);
    const { code, stderr } = await cli(folder, 'train', '--promote', 'a try');
    expect(code).toBe(5);
    expect(stderr).toMatch(/version 2 of exams cannot become production: gate floor failed .* gate not-worse failed/);
    const { models } = await trackedIn(folder);
    expect(await models.findByAlias('exams', 'production')).toMatchObject({ version: '1' });
  });

  it('that no gate lets through is not put into production by being the first', async () => {
    const folder = await examsProject(uselessSettings);
    const { code, stderr } = await cli(folder, 'train');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('it is not in production: version 1 of exams cannot become production: gate floor failed');
    const up = await cli(folder, 'up', '--port', '0');
    expect(up.code).toBe(5);
    expect(up.stderr).toContain('no version of exams is in production');
  });

  it('leaves a FAILED run when it fails, and none when it never began', async () => {
    const folder = await examsProject();
    const failed = await cli(folder, 'train', '--min-r2', '0.999');
    expect(failed.code).toBe(5);
    expect(failed.stderr).toMatch(/recorded as run [0-9a-f]{32}, FAILED/);
    expect((await cli(folder, 'train', 'missing.csv')).code).not.toBe(0);
    const { runs, models } = await trackedIn(folder);
    const found = await listed(runs.search());
    expect(found.map(({ info }) => info.status)).toEqual(['FAILED']);
    expect(valuesOf(found[0].data.tags)['mlflow.note.content']).toContain('0.999');
    expect(await listed(models.search())).toEqual([]);
  });

  it('leaves a KILLED run when it is cancelled', async () => {
    const folder = await examsProject({ grid: [FOREST] });
    const live = startCli(folder, ['train']);
    await expect.poll(live.stderr).toContain('read 200 rows');
    live.signal('SIGINT');
    const { code, stderr } = await live.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/recorded as run [0-9a-f]{32}, KILLED/);
    const { runs } = await trackedIn(folder);
    expect((await listed(runs.search())).map(({ info }) => info.status)).toEqual(['KILLED']);
  });

  it.each([['option', []] as const, ['variable', { MLFLOW_TRACKING_URI: 'none' }] as const])(
    'records nothing where the %s says none',
    async (kind, env) => {
      const folder = await examsProject();
      const args = kind === 'option' ? ['train', '--tracking-uri', 'none'] : ['train'];
      const { code, stderr } = await startCli(folder, args, kind === 'option' ? {} : { ...env }).ended;
      expect(code, stderr).toBe(0);
      expect(stderr).not.toContain('recorded');
      expect(await readdir(path.join(folder, 'scorecast-out'))).not.toContain('tracking.db');
      expect(existsSync(path.join(folder, 'none'))).toBe(false);
    },
  );
});

describe('a training whose tracking server fails', () => {
  const failures = {
    away: async () => 'http://127.0.0.1:9',
    hangs: () => webServer(() => undefined),
    'answers 500': () => webServer((_, answer) => answer.writeHead(500).end('{}')),
    'is no tracking server': () => webServer((_, answer) => answer.writeHead(200).end('<p>hello')),
  };

  it.each(Object.entries(failures))('succeeds, and keeps its record: the server %s', async (_, serverThatFails) => {
    const folder = await examsProject();
    const url = await serverThatFails();
    const { code, stderr } = await startCli(folder, ['train', '--tracking-uri', url], IMPATIENT).ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/the training could not be recorded: .*; its record waits in scorecast-out\/unrecorded for/);
    expect(existsSync(path.join(folder, 'scorecast-out/bundle.json'))).toBe(true);
    expect(await spoolOf(folder)).toHaveLength(1);
  });

  it('that hangs holds up neither a training that is cancelled nor its record, which waits', async () => {
    const folder = await examsProject({ grid: [FOREST] });
    const url = await webServer(() => undefined);
    const live = startCli(folder, ['train', '--tracking-uri', url]);
    await expect.poll(live.stderr).toContain('read 200 rows');
    live.signal('SIGINT');
    const { code, stderr } = await live.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('tracking had not answered 2 s after the training was cancelled; its record waits in');
    expect(await spoolOf(folder)).toHaveLength(1);
  });

  it('for good sets its record aside, and takes the next one', async () => {
    const folder = await examsProject();
    await startCli(
      folder,
      ['train', '--experiment', 'x'.repeat(600), '--tracking-uri', 'http://127.0.0.1:9'],
      IMPATIENT,
    ).ended;
    const next = await cli(folder, 'train');
    expect(next.stderr).toMatch(
      /an earlier training cannot be recorded there: .*; its record is set aside as scorecast-out\/unrecorded\/refused\/[0-9a-f]{32}\.json/,
    );
    expect(next.stderr).toContain('registered as exams version 1');
    expect((await cli(folder, 'train')).stderr).not.toContain('set aside');
  });

  it('is recorded by the next training, once and before it', async () => {
    const folder = await examsProject();
    await startCli(folder, ['train', '--tracking-uri', 'http://127.0.0.1:9'], IMPATIENT).ended;
    for (const expected of ['recorded 1 earlier training that had waited', 'registered as exams version 3']) {
      expect((await cli(folder, 'train')).stderr).toContain(expected);
    }
    expect(await spoolOf(folder)).toEqual([]);
    const { runs, models } = await trackedIn(folder);
    const inOrder = await listed(runs.search({ orderBy: ['start_time'] }));
    expect(inOrder.map(({ info }) => info.status)).toEqual(['FINISHED', 'FINISHED', 'FINISHED']);
    const versions = await listed(models.searchVersions({ orderBy: ['version_number'] }));
    expect(versions.map(({ runId }) => runId)).toEqual(inOrder.map(({ info }) => info.runId));
  });

  it('succeeds when the server goes away between the record and the promotion', async () => {
    const folder = await examsProject();
    const { url } = await trackIn(folder);
    let isAway = false;
    const proxy = await webServer((request, answer) => {
      isAway ||= request.url?.includes('registered-models/alias') === true;
      if (isAway) request.socket.destroy();
      else void passOn(request, answer, url);
    });
    const { code, stderr } = await cli(folder, 'train', '--tracking-uri', proxy);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('registered as exams version 1');
    expect(stderr).toContain('what is in production is as it was, since tracking failed');
  });
});

describe('a training that MLflow records', () => {
  it('says that its version went into production without gates', async () => {
    const folder = await examsProject();
    const { url } = await trackIn(folder);
    const mlflow = await webServer((request, answer) => {
      if (request.url?.includes('/scorecast/') === true) answer.writeHead(404).end('<h1>Not Found</h1>');
      else void passOn(request, answer, url);
    });
    for (const options of [[], ['--promote', 'the yearly training']]) {
      const { code, stderr } = await cli(folder, 'train', '--tracking-uri', mlflow, ...options);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(`${mlflow} only set the alias: it has no gates, no approval and no audit log`);
    }
  });
});

describe('scorecast up', () => {
  it('serves the version in production, which need not be the newest', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { models } = await trackedIn(folder);
    const first = await models.getVersion('exams', '1');
    await changeExams(folder, { seed: 5 });
    const live = startCli(folder, ['up', '--port', '0']);
    await expect.poll(live.stderr).toContain('stop     Ctrl-C');
    live.signal('SIGTERM');
    const { stderr } = await live.ended;
    expect(stderr).toContain('registered as exams version 2');
    expect(stderr).toContain(`serving exams ${valuesOf(first.tags)['scorecast.bundle_version']} at`);
    const second = await models.getVersion('exams', '2');
    expect(valuesOf(second.tags)['scorecast.bundle_version']).not.toBe(
      valuesOf(first.tags)['scorecast.bundle_version'],
    );
  });

  it('serves what was trained where tracking knows no version, or is away', async () => {
    const folder = await examsProject();
    const args = ['up', '--port', '0', '--tracking-uri', 'http://127.0.0.1:9'];
    const away = startCli(folder, args, IMPATIENT);
    await expect.poll(away.stderr).toContain('stop     Ctrl-C');
    away.signal('SIGTERM');
    expect((await away.ended).stderr).toContain('serving what was trained last, since what is in production');
    const empty = startCli(folder, ['up', '--port', '0']);
    await expect.poll(empty.stderr).toContain('stop     Ctrl-C');
    empty.signal('SIGTERM');
    expect((await empty.ended).code).toBe(0);
  });
});

/** Answers a request as another server does. */
async function passOn(request: IncomingMessage, answer: ServerResponse, url: string): Promise<void> {
  const { method = 'GET', url: path = '', headers } = request;
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  const found = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': headers['content-type'] ?? 'application/octet-stream' },
    ...(pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
  });
  answer.writeHead(found.status, { 'content-type': 'application/json' }).end(Buffer.from(await found.arrayBuffer()));
}
