import { describe, expect, it } from 'vitest';
import type { Run } from '@scorecast/track';
import { betterOf, bestPlaces } from '../src/tracking/better-metric.js';
import { cli, temporaryFolder } from './cli-run.js';
import { listed, trackedIn } from './tracked.js';

/** A folder with three finished runs of two experiments, the oldest first. */
async function trackedRuns() {
  const folder = await temporaryFolder();
  const client = await trackedIn(folder);
  const ids: string[] = [];
  const record = async (experiment: string, name: string, alpha: number, r2: number) => {
    const run = await client.runs.start({ experiment, name, startTime: 1_700_000_000_000 + ids.length * 60_000 });
    await run.logParams({ alpha, folds: 5 });
    await run.logMetrics({ cv_r2: r2, cv_mae: 5 - r2, rows: 800 });
    await run.logDataset({
      name: 'exams',
      digest: 'd1',
      sourceType: 'local',
      source: 'exams.csv',
      schema: null,
      profile: null,
    });
    await run.logArtifact('model/bundle.json', 'x'.repeat(1500));
    await run.end('FINISHED', 1_700_000_000_000 + ids.length * 60_000 + 2500);
    ids.push(run.info.runId);
  };
  await record('exams', 'first', 1, 0.8);
  await record('exams', 'second', 10, 0.9);
  await record('other', 'third', 1, Number.NaN);
  return { folder, client, ids };
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('scorecast runs list', () => {
  it('lists the newest first, with names, times and the metrics that say most', async () => {
    const { folder, ids } = await trackedRuns();
    const { code, stdout, stderr } = await cli(folder, 'runs', 'list');
    expect(code, stderr).toBe(0);
    const [third, second, first] = [...ids].reverse().map((id) => id.slice(0, 8));
    expect(lines(stdout)).toEqual([
      'run       name    experiment  status    started (UTC)      took   cv_r2  cv_mae',
      `${third}  third   other       FINISHED  2023-11-14 22:15  2.5 s     NaN     NaN`,
      `${second}  second  exams       FINISHED  2023-11-14 22:14  2.5 s  0.9000  4.1000`,
      `${first}  first   exams       FINISHED  2023-11-14 22:13  2.5 s  0.8000  4.2000`,
    ]);
  });

  it('filters, sorts, limits and chooses experiments and metrics', async () => {
    const { folder, ids } = await trackedRuns();
    const filtered = await cli(folder, 'runs', 'list', '--filter', "params.alpha = '1' AND metrics.cv_r2 > 0");
    expect(lines(filtered.stdout).slice(1).map(firstWord)).toEqual([ids[0].slice(0, 8)]);
    const sorted = await cli(folder, 'runs', 'list', '-e', 'exams', '--order-by', 'metrics.cv_r2 ASC', '-n', '1');
    expect(lines(sorted.stdout).slice(1).map(firstWord)).toEqual([ids[0].slice(0, 8)]);
    expect(sorted.stderr).toContain('and more than these 1');
    const chosen = await cli(folder, 'runs', 'list', '-e', 'other', '--metrics', 'rows,none');
    expect(chosen.stdout).toMatch(/rows {2}none\n.* 800$/m);
  });

  it('writes JSON lines for programs, NaN by its name', async () => {
    const { folder, ids } = await trackedRuns();
    const { stdout } = await cli(folder, 'runs', 'list', '--json');
    const runs = lines(stdout).map((line): Run => JSON.parse(line));
    expect(runs.map(({ info }) => info.runId)).toEqual([...ids].reverse());
    expect(runs[0].data.metrics.find(({ key }) => key === 'cv_r2')?.value).toBe('NaN');
  });

  it('says which experiment was meant, and what is wrong with a filter', async () => {
    const { folder } = await trackedRuns();
    const experiment = await cli(folder, 'runs', 'list', '-e', 'exam');
    expect(experiment.code).toBe(1);
    expect(experiment.stderr).toContain('there is no experiment "exam" (did you mean exams?)');
    const filter = await cli(folder, 'runs', 'list', '--filter', 'cv_r2 >');
    expect(filter.code).toBe(2);
    expect(filter.stderr).toContain('error: ');
  });

  it('says that there is none, with nothing on stdout', async () => {
    const { folder } = await trackedRuns();
    const { code, stdout, stderr } = await cli(folder, 'runs', 'list', '--deleted');
    expect([code, stdout, stderr]).toEqual([0, '', 'no such run\n']);
  });

  it('does not make a database where there is none', async () => {
    const { code, stderr } = await cli(await temporaryFolder(), 'runs', 'list');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no tracking database at ');
  });
});

describe('scorecast runs show', () => {
  it('shows params, metrics, data and files of a run by the beginning of its id', async () => {
    const { folder, ids } = await trackedRuns();
    const { code, stdout, stderr } = await cli(folder, 'runs', 'show', ids[1].slice(0, 12));
    expect(code, stderr).toBe(0);
    for (const line of [
      `run ${ids[1]}`,
      '  experiment  exams',
      '  alpha  10',
      '  cv_r2   0.9000',
      '  exams  digest d1',
      '  model/bundle.json  1.5 kB',
    ]) {
      expect(lines(stdout)).toContain(line);
    }
  });

  it('writes all of it as JSON', async () => {
    const { folder, ids } = await trackedRuns();
    const { stdout } = await cli(folder, 'runs', 'show', ids[0], '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      info: { runId: ids[0], runName: 'first' },
      files: [{ path: 'model/bundle.json', sizeBytes: 1500 }],
    });
  });

  it('names the runs that an ambiguous beginning could mean, and knows none that is not there', async () => {
    const { folder, client, ids } = await trackedRuns();
    const firstDigits = new Set(ids.map((id) => id[0]));
    while (firstDigits.size === ids.length) {
      const { info } = await client.runs.start({ experiment: 'other' });
      ids.push(info.runId);
      firstDigits.add(info.runId[0]);
    }
    const digit = ids.map((id) => id[0]).find((one, at, all) => all.indexOf(one) !== at) ?? '';
    const ambiguous = await cli(folder, 'runs', 'show', digit);
    expect(ambiguous.code).toBe(2);
    for (const id of ids.filter((one) => one.startsWith(digit))) expect(ambiguous.stderr).toContain(id);
    for (const wrong of ['0'.repeat(32), 'not-an-id']) {
      const { code, stderr } = await cli(folder, 'runs', 'show', wrong);
      expect(code).toBe(1);
      expect(stderr).toContain(`there is no run "${wrong}"`);
    }
  });
});

describe('scorecast runs compare', () => {
  it('shows the params that differ, and marks the better of metrics that can be better', async () => {
    const { folder, ids } = await trackedRuns();
    const { stdout } = await cli(folder, 'runs', 'compare', ids[0], ids[1]);
    const words = lines(stdout).map((line) => line.trim().split(/\s+/));
    expect(words[0]).toEqual([ids[0].slice(0, 8), ids[1].slice(0, 8)]);
    expect(words).toContainEqual(['alpha', '1', '10']);
    expect(words).toContainEqual(['cv_r2', '0.8000', '0.9000', '*']);
    expect(words).toContainEqual(['cv_mae', '4.2000', '4.1000', '*']);
    expect(words).toContainEqual(['rows', '800', '800']);
    expect(stdout).not.toContain('folds');
    expect((await cli(folder, 'runs', 'compare', ids[0], ids[1], '--all')).stdout).toContain('folds');
  });

  it('gives programs the same as JSON, for any number of runs', async () => {
    const { folder, ids } = await trackedRuns();
    const { stdout } = await cli(folder, 'runs', 'compare', ...ids, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      runs: ids.map((runId) => ({ runId })),
      params: [{ key: 'alpha', values: ['1', '10', '1'] }],
      metrics: [
        { key: 'cv_mae', best: [1] },
        { key: 'cv_r2', values: [0.8, 0.9, 'NaN'], best: [1] },
        { key: 'rows', best: [] },
      ],
    });
  });

  it('needs two runs', async () => {
    const { folder, ids } = await trackedRuns();
    const { code, stderr } = await cli(folder, 'runs', 'compare', ids[0]);
    expect(code).toBe(2);
    expect(stderr).toContain('expected two ids or more');
  });
});

describe('scorecast runs delete and restore', () => {
  it('hide a run and bring it back', async () => {
    const { folder, client, ids } = await trackedRuns();
    const deleted = await cli(folder, 'runs', 'delete', ids[0].slice(0, 12));
    expect(deleted.stdout).toBe(`${ids[0]}\n`);
    expect(deleted.stderr).toContain('deleted one run');
    expect(await listed(client.runs.search())).toHaveLength(2);
    expect((await cli(folder, 'runs', 'list', '--deleted')).stdout).toContain('FINISHED, deleted');
    expect((await cli(folder, 'runs', 'restore', ids[0].slice(0, 12))).code).toBe(0);
    expect(await listed(client.runs.search())).toHaveLength(3);
  });

  it('do nothing where one of the ids is wrong', async () => {
    const { folder, client, ids } = await trackedRuns();
    expect((await cli(folder, 'runs', 'delete', ids[0], 'ffff')).code).toBe(1);
    expect(await listed(client.runs.search())).toHaveLength(3);
  });
});

describe('which metric is better', () => {
  it.each([
    ['test_r2', 'higher'],
    ['cv_medianAbsoluteError', 'lower'],
    ['val/loss', 'lower'],
    ['accuracy', 'higher'],
    ['cv_sd_r2', undefined],
    ['fold_r2', undefined],
    ['train_rows', undefined],
  ])('%s: %s', (key, better) => {
    expect(betterOf(key)).toBe(better);
  });

  it('marks all that are equally good, and none where all are equal or nothing is known', () => {
    expect(bestPlaces('mae', [3, 2, null, 2, Number.NaN])).toEqual([1, 3]);
    expect(bestPlaces('mae', [2, 2])).toEqual([]);
    expect(bestPlaces('rows', [1, 2])).toEqual([]);
  });
});

function firstWord(line: string): string {
  return line.split(' ')[0];
}
