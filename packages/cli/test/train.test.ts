import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';

const bundleIn = (folder: string) => readFile(path.join(folder, 'scorecast-out/bundle.json'), 'utf8');

describe('scorecast train', () => {
  it('prints a leaderboard with the reason, writes the bundle and says what to type next', async () => {
    const folder = await examsProject();
    const { code, stdout, stderr } = await cli(folder, 'train');
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/candidate +R2 +sd +MAE/);
    expect(stderr).toMatch(/wins: it scores/);
    expect(stderr).toMatch(/test part, 40 rows, scored once: R2 0\.\d{4}/);
    expect(stderr).toMatch(/R2 lost when shuffled: (reading|writing)_score 0\.\d{3}, .* and 2 more\n/);
    expect(stderr).toContain('next: scorecast serve scorecast-out/bundle.json');
    expect(JSON.parse(await bundleIn(folder))).toMatchObject({ format: 'scorecast-bundle', formatVersion: 1 });
  });

  it('writes byte-identical bundles from the same data and seed', async () => {
    const folder = await examsProject();
    await cli(folder, 'train', '--out', 'first');
    await cli(folder, 'train', '--out', 'second', '--workers', '2');
    const first = await readFile(path.join(folder, 'first/bundle.json'));
    const second = await readFile(path.join(folder, 'second/bundle.json'));
    expect(first.equals(second)).toBe(true);
  });

  it('gives the whole result as JSON on stdout', async () => {
    const folder = await examsProject();
    const { stdout } = await cli(folder, 'train', '--json');
    const result: unknown = JSON.parse(stdout);
    expect(result).toMatchObject({ name: 'exams', metrics: { testRows: 40 }, interval: { level: 0.9 } });
  });

  it('explains which fits would answer which candidates, and trains nothing', async () => {
    const grid = [{ estimator: 'k-neighbors', params: { nNeighbors: [3, 5], p: 2 } }, { estimator: 'least-squares' }];
    const folder = await examsProject({ grid, folds: 4 });
    const { code, stdout } = await cli(folder, 'train', '--explain');
    expect(code).toBe(0);
    expect(stdout).toContain('3 candidates in 4 folds: 8 fits instead of 12.');
    expect(stdout).toMatch(/2 {2}k-neighbors +p 2 +nNeighbors 3, 5\n/);
    expect(existsSync(path.join(folder, 'scorecast-out'))).toBe(false);
    const { stdout: json } = await cli(folder, 'train', '--explain', '--json');
    expect(JSON.parse(json)).toMatchObject({
      fits: 8,
      fitsAlone: 12,
      perFold: [{ varied: { nNeighbors: [3, 5] } }, {}],
    });
  });

  it('writes the raw, train and test parts with their hashes', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const manifest = await readFile(path.join(folder, 'scorecast-out/parts/manifest.json'), 'utf8');
    expect(manifest).toMatch(/[0-9a-f]{64}/);
    const raw = await readFile(path.join(folder, 'scorecast-out/parts/raw.csv'));
    expect(raw.equals(await readFile(path.join(folder, 'exams.csv')))).toBe(true);
  });

  it('takes a configuration in TypeScript', async () => {
    const folder = await examsProject();
    const json = await readFile(path.join(folder, 'scorecast.config.json'), 'utf8');
    await writeFile(
      path.join(folder, 'scorecast.config.ts'),
      `import { defineConfig, type Config } from 'scorecast';\nconst config: Config = ${json};\nexport default defineConfig(config);\n`,
    );
    const { code, stderr } = await cli(folder, 'train', '--config', 'scorecast.config.ts');
    expect(code, stderr).toBe(0);
  });

  it('names every problem of a configuration', async () => {
    const folder = await examsProject({
      sed: 1,
      folds: 1,
      preprocessing: { scaling: 'cubic', polynomial: { degree: 4 }, nominal: 'whole' },
    });
    const { code, stderr } = await cli(folder, 'train');
    expect(code).toBe(2);
    expect(stderr).toContain('sed: expected one of the keys');
    expect(stderr).toContain('folds: expected an integer of at least 2');
    expect(stderr).toContain('preprocessing.scaling: expected "standard" or "min-max" or "none"');
    expect(stderr).toContain('preprocessing.polynomial.degree: expected 2 or 3');
    expect(stderr).toContain('preprocessing.nominal: expected "one-hot" or "native"');
  });

  it('fails with exit code 5 below the floor and keeps the previous bundle', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const before = await bundleIn(folder);
    const { code, stderr } = await cli(folder, 'train', '--seed', '1', '--min-r2', '0.999');
    expect(code).toBe(5);
    expect(stderr).toMatch(/0\.999/);
    expect(await bundleIn(folder)).toBe(before);
  });

  it('stops on Ctrl-C with exit code 130 and writes nothing', async () => {
    const folder = await examsProject({
      grid: [{ estimator: 'random-forest', params: { nEstimators: [500, 501, 502] } }],
    });
    const live = startCli(folder, ['train', '--workers', '2']);
    await expect.poll(live.stderr).toContain('read 200 rows');
    live.signal('SIGINT');
    const { code, stderr } = await live.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/cancel/);
    await expect(bundleIn(folder)).rejects.toThrow();
  });

  it('says how to get a schema where there is none', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'marks.csv'), 'a,b\n1,2\n');
    const { code, stderr } = await cli(folder, 'train', 'marks.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('scorecast infer marks.csv -o schema.json');
  });

  it('drops invalid rows only when told to, and says which', async () => {
    const folder = await examsProject();
    const file = path.join(folder, 'exams.csv');
    const lines = (await readFile(file, 'utf8')).split('\n');
    lines[14] = lines[14].replace(/,[a-z/]+,(none|completed),/, ',reduced,$1,');
    await writeFile(file, lines.join('\n'));
    const refused = await cli(folder, 'train');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('column "lunch", row 14: "reduced" is not a known level');
    const dropped = await cli(folder, 'train', '--on-invalid', 'drop');
    expect(dropped.code, dropped.stderr).toBe(0);
    expect(dropped.stderr).toContain('read 199 rows of exams.csv, 1 invalid row dropped');
    expect(dropped.stderr).toContain('dropped: column "lunch", row 14');
  });
});
