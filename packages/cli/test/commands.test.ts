import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '@scorecast/core';
import { examsSchema, generateExams } from '@scorecast/data';
import { VERSION } from '../src/version.js';
import { cli, startCli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';

describe('scorecast', () => {
  it('has the version of its package', async () => {
    const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
    expect(JSON.parse(text)).toHaveProperty('version', VERSION);
    expect((await cli('.', '--version')).stdout.trim()).toBe(VERSION);
  });

  it('puts examples first in every help', async () => {
    for (const command of [
      ...['sample', 'infer', 'train', 'predict', 'serve', 'up', 'track', 'gc'],
      ...['runs', 'runs list', 'runs show', 'runs compare', 'runs delete', 'runs restore'],
      ...[
        'models',
        'models list',
        'models show',
        'models promote',
        'models rollback',
        'models approve',
        'models history',
      ],
      ...['keys', 'keys create', 'keys list', 'keys revoke', 'audit', 'audit list', 'audit verify'],
    ]) {
      const { code, stdout } = await cli('.', ...command.split(' '), '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Examples:\n {2}\$ scorecast /);
    }
  });

  it('suggests the command and the option that were meant, with exit code 2', async () => {
    const command = await cli('.', 'trian');
    expect(command.code).toBe(2);
    expect(command.stderr).toContain('Did you mean train?');
    expect((await cli('.', 'runs', 'lst')).stderr).toContain('Did you mean list?');
    const option = await cli('.', 'train', '--sede', '1');
    expect(option.code).toBe(2);
    expect(option.stderr).toContain('Did you mean --seed?');
  });

  it('refuses an option out of range by name', async () => {
    const { code, stderr } = await cli('.', 'serve', '--port', '99999');
    expect(code).toBe(2);
    expect(stderr).toContain('--port is "99999" (expected a whole number from 0 to 65535)');
  });

  it('writes messages as JSON lines with levels for log collectors', async () => {
    const folder = await temporaryFolder();
    const { stderr } = await cli(folder, 'predict', 'x.csv', '--log-format', 'json');
    const line: unknown = JSON.parse(stderr.split('\n')[0]);
    expect(line).toMatchObject({ level: 50, code: 'CLI_NO_BUNDLE' });
  });

  it('writes fewer messages at a higher log level', async () => {
    const folder = await examsProject();
    const { code, stderr } = await cli(folder, '--log-level', 'error', 'train');
    expect(code).toBe(0);
    expect(stderr).toBe('');
  });
});

describe('scorecast sample', () => {
  it('writes the generator’s rows to stdout', async () => {
    const { stdout, stderr } = await cli('.', 'sample', 'exams', '--rows', '20', '--seed', '7');
    expect(stdout).toBe(generateExams({ rows: 20, seed: 7 }));
    expect(stderr).toBe('');
  });

  it('writes the schema of a sample', async () => {
    const { stdout } = await cli('.', 'sample', 'exams', '--schema');
    expect(parseSchema(JSON.parse(stdout))).toEqual(examsSchema);
  });
});

describe('scorecast infer', () => {
  it('gives a schema on stdout that reads the file, and the reasons on stderr', async () => {
    const folder = await examsProject();
    const { code, stdout, stderr } = await cli(folder, 'infer', 'exams.csv');
    expect(code, stderr).toBe(0);
    const schema = parseSchema(JSON.parse(stdout));
    expect(schema.target.name).toBe('math_score');
    expect(stderr).toMatch(/column +decision +why/);
  });

  it('leads to a training by the commands that it suggests', async () => {
    const folder = await examsProject();
    const inferred = await cli(folder, 'infer', 'exams.csv', '-o', 'schema.json');
    expect(inferred.stderr).toContain('next: scorecast train exams.csv --schema schema.json');
    const trained = await cli(folder, 'train', 'exams.csv', '--schema', 'schema.json');
    expect(trained.code, trained.stderr).toBe(0);
  });
});

describe('scorecast serve and up', () => {
  it('serves on the port that PORT names and stops on Ctrl-C', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const live = startCli(folder, ['serve'], { PORT: '0' });
    await expect.poll(live.stderr).toMatch(/serving exams [0-9a-f]{12} at http:\/\//);
    const [url] = /http:\/\/[\w.:]+/.exec(live.stderr()) ?? [''];
    const answer: unknown = await (await fetch(`${url}/health`)).json();
    expect(answer).toMatchObject({ status: 'ok', model: 'exams' });
    live.signal('SIGINT');
    const { code, stderr } = await live.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('stopped');
  });

  it('refuses a PORT that is no port', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stderr } = await startCli(folder, ['serve'], { PORT: 'http' }).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('the environment variable PORT is "http" (expected a whole number from 0 to 65535)');
  });

  it('trains the first time and serves at once the second time', async () => {
    const folder = await examsProject();
    for (const expected of [/test part, 40 rows, scored once/, /^(?!.*scored once)/s]) {
      const live = startCli(folder, ['up', '--port', '0']);
      await expect.poll(live.stderr, { timeout: 20_000 }).toContain('stop     Ctrl-C');
      live.signal('SIGTERM');
      const { code, stderr } = await live.ended;
      expect(code).toBe(0);
      expect(stderr).toMatch(expected);
    }
  });

  it('trains again when the data has changed', async () => {
    const folder = await examsProject();
    for (const rows of [200, 220]) {
      await cli(folder, 'sample', 'exams', '--rows', String(rows), '-o', path.join(folder, 'exams.csv'));
      const live = startCli(folder, ['up', '--port', '0']);
      await expect.poll(live.stderr, { timeout: 20_000 }).toContain('stop     Ctrl-C');
      live.signal('SIGINT');
      expect((await live.ended).stderr).toContain(`read ${rows} rows`);
    }
  });
});
