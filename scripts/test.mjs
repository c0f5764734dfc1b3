// `npm test`: prepares the checkout, runs every test and ends with the line `N passed, N failed`.
// Arguments go to vitest: `npm test -- packages/core` or `npm test -- -t "median"`.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const args = process.argv.slice(2);
let summary = '0 passed, 1 failed';
process.on('exit', () => console.log(summary));

prepare();
if (args.length === 0) {
  makePythonEnvironments();
  installChromium();
  unpackPrometheus();
}

const reports = mkdtempSync(join(tmpdir(), 'scorecast-test-'));
const report = join(reports, 'report.json');
const exitCode = await runVitest();
const { passed, failed, skipped } = countTests(exitCode);
rmSync(reports, { recursive: true, force: true });
summary = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
process.exitCode = exitCode === 0 && failed > 0 ? 1 : exitCode;

/** The browser tests need Chromium. Where it cannot be installed they are skipped, so failing here is no error. */
function installChromium() {
  const isAptRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (existsSync('/usr/bin/chromium') || !isAptRoot) return;
  console.log('installing chromium for the browser tests ...');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of ['update', 'install -y --no-install-recommends chromium']) {
    const result = spawnSync('apt-get', ['-qq', ...command.split(' ')], {
      env: environment,
      encoding: 'utf8',
      timeout: 240_000,
    });
    if (result.status !== 0) {
      const reason = result.error?.message ?? result.stderr.trim().split('\n').at(-1);
      console.log(`chromium is not installed, so the browser tests are skipped: apt-get ${command}: ${reason}`);
      return;
    }
  }
}

/** Alerts and dashboards are tried in Prometheus: a download of 19 MB into .cache, or these tests are skipped. */
function unpackPrometheus() {
  if (!existsSync('/usr/bin/apt-get')) return;
  spawnSync('bash', [join(root, 'scripts/deploy-tools.sh'), 'promtool'], { stdio: 'ignore', timeout: 60_000 });
}

/**
 * Some tests run clients and storage written in Python. Their environments are made meanwhile; a test that needs one
 * waits for it, and is skipped where it cannot be made.
 */
function makePythonEnvironments() {
  const clients = process.env['SCORECAST_PYTHON_CLIENTS'] === '0' ? [] : ['clients 3.6.0', 'clients 2.22.2'];
  for (const [folder, ...version] of ['s3', ...clients].map((one) => one.split(' '))) {
    const script = join(root, 'fixtures', folder, 'environment.sh');
    spawn('bash', [script, ...version], { stdio: 'ignore' }).on('error', () => undefined);
  }
}

function runVitest() {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the whole group; vitest ends, then this script reports.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 130)));
}

function countTests(code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testResults.flatMap((file) => file.assertionResults);
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length;
  // A file that cannot be loaded has no tests, and an error outside every test belongs to none; each counts as a failure.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failures = count('failed') + broken;
  return {
    passed: count('passed'),
    failed: failures === 0 && code !== 0 ? 1 : failures,
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
  };
}
