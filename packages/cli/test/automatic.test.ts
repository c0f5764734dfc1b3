import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, startCli } from './cli-run.js';
import { examsProject } from './exams-project.js';

const light = ['--estimators', 'ridge,least-squares,decision-tree'];
const bundleIn = (folder: string) => readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8');

describe('scorecast train without a grid', () => {
  it('tries a preset, marks ties and says what to expect on new data', async () => {
    const folder = await examsProject({ grid: undefined });
    const { code, stderr } = await cli(folder, 'train', '--preset', 'quick', ...light);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/candidate +R2 +sd +MAE +RMSE +train R2 +fresh R2/);
    expect(stderr).toMatch(/^\* {2}(ridge|least-squares)/m);
    expect(stderr).toMatch(/expected R2 on new data: 0\.\d{4}, 95 % interval 0\.\d{4} to 0\.\d{4}/);
    expect(stderr).toMatch(/R2 0\.\d{4} on training rows, 0\.\d{4} in the folds, 0\.\d{4} on the test part/);
    expect(JSON.parse(await bundleIn(folder))).toMatchObject({
      content: { provenance: { search: { preset: 'quick', repeatable: true } } },
    });
  });

  it('gives finalists, expectation and warnings as JSON', async () => {
    const folder = await examsProject({ grid: undefined });
    const { stdout } = await cli(folder, 'train', '--json', '--repeats', '1', ...light);
    expect(JSON.parse(stdout)).toMatchObject({
      finalists: expect.arrayContaining([expect.objectContaining({ rank: 1, tied: true })]),
      expected: { r2: { lower: expect.any(Number) } },
      warnings: [],
    });
  });

  it('says that a result within a time budget may not come out again', async () => {
    const folder = await examsProject({ grid: undefined });
    const { code, stderr } = await cli(folder, 'train', '--time', '0.5', '--repeats', '1', ...light);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('on another machine it may end elsewhere');
    expect(JSON.parse(await bundleIn(folder))).toMatchObject({
      content: { provenance: { search: { timeBudgetSeconds: 0.5, repeatable: false } } },
    });
  });

  it('goes on from what an interrupted training had finished', async () => {
    const folder = await examsProject({
      grid: [
        { estimator: 'least-squares' },
        { estimator: 'random-forest', params: { nEstimators: 300, minSamplesLeaf: [1, 2, 3] } },
      ],
    });
    const journal = path.join(folder, 'scorecast-out/unfinished-training.jsonl');
    const live = startCli(folder, ['train', '--workers', '1', '--repeats', '1']);
    await expect.poll(() => readFile(journal, 'utf8').catch(() => ''), { timeout: 20_000 }).toMatch(/\n.*\n/);
    live.signal('SIGINT');
    expect((await live.ended).code).toBe(130);
    await writeFile(journal, `${await readFile(journal, 'utf8')}{"cut off`);
    const { code, stderr } = await cli(folder, 'train', '--resume', '--repeats', '1');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/going on from \d finished candidates?/);
    await expect(readFile(journal)).rejects.toThrow();
  });

  it('names an estimator that does not exist', async () => {
    const folder = await examsProject({ grid: undefined });
    const { code, stderr } = await cli(folder, 'train', '--estimators', 'ridg');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "ridge"');
  });
});
