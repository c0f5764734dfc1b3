// Brings a checkout to the state that the other scripts need: right Node, packages installed, everything compiled.
// Plain Node without dependencies, since it runs before anything is installed. When all is fresh it only reads file
// times, which takes a few hundredths of a second. `node scripts/prepare.mjs` is `npm run build`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const lockfile = join(root, 'package-lock.json');
// npm writes this file last, so an interrupted installation does not have it.
const installed = join(root, 'node_modules/.package-lock.json');
const buildStamp = join(root, 'node_modules/.cache/scorecast-build');

/** Installs and builds what is missing or out of date; ends the process with a message when that fails. */
export function prepare() {
  requireNode(20, 19);
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs) install();
  const sources = fingerprint();
  if (!existsSync(buildStamp) || readFileSync(buildStamp, 'utf8') !== sources || !isBuilt()) build(sources);
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
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(buildStamp, sources);
}

function packageFolders() {
  return readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
}

function isBuilt() {
  return packageFolders().every((folder) => existsSync(join(folder, 'dist/index.js')));
}

/** A hash of the path, size and time of every file that the compiler reads; it notices deleted and older files too. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const name of ['tsconfig.json', 'tsconfig.base.json']) add(join(root, name));
  for (const folder of packageFolders()) {
    for (const name of ['package.json', 'tsconfig.json']) add(join(folder, name));
    for (const entry of readdirSync(join(folder, 'src'), { recursive: true }).sort()) add(join(folder, 'src', entry));
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
