// Brings a checkout to the state that the other scripts need: right Node, packages installed, everything compiled.
// Plain Node without dependencies, since it runs before anything is installed. When all is fresh it only reads file
// times, which takes a few hundredths of a second. `node scripts/prepare.mjs` is `npm run build`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const lockfile = join(root, 'package-lock.json');
// npm writes this file last, so an interrupted installation does not have it.
const installed = join(root, 'node_modules/.package-lock.json');
const buildStamp = join(root, 'node_modules/.cache/scorecast-build');
const pagesStamp = join(root, 'node_modules/.cache/scorecast-pages');
const consoleFolder = join(root, 'packages/console');
const worker = join(root, 'packages/train/dist/search/search-worker.js');
const workerBundle = worker.replace(/js$/, 'bundle.js');
const serveFolder = join(root, 'packages/serve');
const serviceBundle = join(serveFolder, 'dist/program.js');
const rolldown = join(root, 'node_modules/rolldown/bin/cli.mjs');

/** Installs and builds what is missing or out of date; ends the process with a message when that fails. */
export function prepare() {
  requireNode(20, 19);
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs) install();
  const sources = fingerprint();
  if (!isStamped(buildStamp, sources) || !isBuilt()) build(sources);
  if (!isBundled(workerBundle, ['core', 'train'])) bundleWorker();
  if (!isBundled(serviceBundle, ['core', 'serve'])) bundleService();
  const pages = pagesFingerprint();
  if (!isStamped(pagesStamp, pages) || !existsSync(join(consoleFolder, 'dist/web/index.html'))) buildPages(pages);
}

function requireNode(major, minor) {
  const [actualMajor, actualMinor] = process.versions.node.split('.').map(Number);
  if (actualMajor > major || (actualMajor === major && actualMinor >= minor)) return;
  fail(
    `Node ${process.versions.node} is too old for Scorecast (expected ${major}.${minor} or later; ` +
      `get it from https://nodejs.org or with "nvm install")`,
  );
}

function install() {
  // npm tells its scripts where it is; a bare `npm` on Windows is a script that only a shell can start.
  const npm = process.env['npm_execpath'];
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  timed('installing the packages of package-lock.json', () =>
    run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: command === 'npm' }),
  );
}

function build(sources) {
  timed('compiling', () => run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']));
  stamp(buildStamp, sources);
}

/** A training's threads start from one file; `worker-entry.ts` of the package looks at the same times. */
function bundleWorker() {
  const options = ['--file', workerBundle, '--format', 'esm', '--platform', 'node', '--log-level', 'silent'];
  timed('bundling', () => run(process.execPath, [rolldown, worker, ...options]));
}

/** The service starts from few files; its command looks at the same times. */
function bundleService() {
  for (const name of readdirSync(dirname(serviceBundle)).filter((file) => /^program\b.*\.js$/.test(file))) {
    rmSync(join(dirname(serviceBundle), name));
  }
  timed('bundling the service', () =>
    run(process.execPath, [rolldown, '-c', 'rolldown.config.mjs'], { cwd: serveFolder }),
  );
}

function isBundled(bundle, names) {
  if (!existsSync(bundle)) return false;
  const { mtimeMs } = statSync(bundle);
  return names.every((name) => statSync(join(root, `packages/${name}/dist/.tsbuildinfo`)).mtimeMs < mtimeMs);
}

function buildPages(sources) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  timed('building the console', () => run(process.execPath, [vite, 'build'], { cwd: consoleFolder }));
  stamp(pagesStamp, sources);
}

function stamp(path, sources) {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(path, sources);
}

function isStamped(path, sources) {
  return existsSync(path) && readFileSync(path, 'utf8') === sources;
}

function packageFolders() {
  return readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
}

function isBuilt() {
  return packageFolders().every((folder) => existsSync(join(folder, 'dist/index.js')));
}

/** What the compiler reads. */
function fingerprint() {
  return hashOf([
    ...['tsconfig.json', 'tsconfig.base.json'].map((name) => join(root, name)),
    ...packageFolders().flatMap((folder) => [
      ...['package.json', 'tsconfig.json'].map((name) => join(folder, name)),
      ...entriesOf(join(folder, 'src')),
    ]),
  ]);
}

/** What the console's pages are built from. */
function pagesFingerprint() {
  const settings = ['package.json', 'vite.config.ts'].map((name) => join(consoleFolder, name));
  return hashOf([...settings, ...entriesOf(join(consoleFolder, 'web'))]);
}

function entriesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .map((entry) => join(folder, entry));
}

/** A hash of the path, size and time of every file; it notices deleted and older files too. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function timed(what, work) {
  process.stderr.write(`scorecast: ${what} ...\n`);
  const startedAt = Date.now();
  work();
  process.stderr.write(`scorecast: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function run(command, args, options) {
  // The output goes to stderr: stdout belongs to the command that is prepared for.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) fail(`cannot start ${command}: ${error.message}`);
  if (status !== 0) fail(`"${[command, ...args].join(' ')}" failed; its messages are above`);
}

function fail(message) {
  process.stderr.write(`scorecast: ${message}\n`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare();
