import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { root } from './source-files.js';
import { tinyBundleText } from './tiny-bundle.js';

// Installs the packed packages as users would get them, into folders outside the workspace.

const folder = mkdtempSync(join(tmpdir(), 'scorecast-alone-'));
const NO_NETWORK = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;

// `npm test` tells its children where its own project is; these installations are projects of their own.
const environment = { ...process.env, npm_config_local_prefix: undefined };

function npm(directory: string, ...args: readonly string[]) {
  return spawnSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

/** Installs packed packages into a new folder; skips the test when the registry cannot be reached. */
function install(context: TestContext, name: string, ...tarballs: readonly string[]): string {
  const directory = join(folder, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  const { status, stderr } = npm(
    directory,
    'install',
    '--prefer-offline',
    ...tarballs.map((file) => join(folder, file)),
  );
  if (NO_NETWORK.test(stderr)) context.skip(`the npm registry cannot be reached: ${stderr.split('\n')[0]}`);
  if (status !== 0) throw new Error(stderr);
  return directory;
}

/** Runs a script beside tiny-bundle.ts's bundle; gives what it writes to result.json, since a server logs to stdout. */
function runScript(directory: string, script: string): unknown {
  writeFileSync(join(directory, 'bundle.json'), tinyBundleText);
  writeFileSync(join(directory, 'script.js'), `import { readFileSync, writeFileSync } from 'node:fs';\n${script}`);
  execFileSync(process.execPath, ['script.js'], { cwd: directory, encoding: 'utf8' });
  return JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8'));
}

describe('a package that is installed alone', () => {
  beforeAll(() => {
    for (const name of ['core', 'serve']) {
      const { status, stderr } = npm(join(root, 'packages', name), 'pack', '--pack-destination', folder);
      if (status !== 0) throw new Error(stderr);
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one package and predicts, for core', (context) => {
    const directory = install(context, 'only-core', 'scorecast-core-0.1.0.tgz');
    expect(readdirSync(join(directory, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@scorecast',
    ]);
    const script = `
      import { loadBundle, predictor } from '@scorecast/core';
      const bundle = await loadBundle(readFileSync('bundle.json', 'utf8'));
      writeFileSync('result.json', JSON.stringify(predictor(bundle).predictRecords([{ hours: 5 }], 'typed')));`;
    expect(runScript(directory, script)).toEqual([{ value: 50, lower: 45, upper: 55 }]);
  });

  it('answers requests without training, data and command-line code, for serve', (context) => {
    const directory = install(context, 'only-serve', 'scorecast-core-0.1.0.tgz', 'scorecast-serve-0.1.0.tgz');
    expect(readdirSync(join(directory, 'node_modules/@scorecast')).sort()).toEqual(['core', 'serve']);
    const script = `
      import { loadBundle } from '@scorecast/core';
      import { createServer } from '@scorecast/serve';
      const bundle = await loadBundle(readFileSync('bundle.json', 'utf8'));
      const app = await createServer(bundle);
      const answer = await app.inject({ method: 'POST', url: '/predict', payload: { hours: 5 } });
      const absent = ['@scorecast/train', '@scorecast/data', '@scorecast/checks', 'scorecast', '@duckdb/node-api', 'commander'];
      // What stands in a folder further up is none of this installation's.
      const isHere = (name) => import.meta.resolve(name).startsWith(new URL('node_modules/', import.meta.url).href);
      const found = absent.filter((name) => { try { return isHere(name); } catch { return false; } });
      const refused = await createServer(bundle, { logPredictions: 'sqlite:///log.db' }).catch(({ code }) => code);
      writeFileSync('result.json', JSON.stringify({ status: answer.statusCode, prediction: answer.json().prediction, found, refused }));
      await app.close();`;
    expect(runScript(directory, script)).toEqual({
      status: 200,
      prediction: 50,
      found: [],
      // Databases are an add-on.
      refused: 'SERVE_LOG_ADD_ON',
    });

    // The command starts from few files, since it comes without the compiler's notes.
    const command = join(directory, 'node_modules/.bin/scorecast-serve');
    const dist = readdirSync(join(directory, 'node_modules/@scorecast/serve/dist'));
    expect([dist.includes('program.js'), dist.includes('.tsbuildinfo')]).toEqual([true, false]);
    const { status, stderr } = spawnSync(process.execPath, [command, 'none.json'], {
      cwd: directory,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([4, expect.stringContaining('none.json cannot be read')]);
  });
});
