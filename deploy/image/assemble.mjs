// Puts a package of this repository into a folder with all that it needs and nothing else: what goes into an image.
//
//   node deploy/image/assemble.mjs <folder> <package>... [--without <package>]...
//   node deploy/image/assemble.mjs --list <package>...                               only says what would be copied
//
// The folder gets node_modules/, bin/ with the packages' commands, and sbom.cdx.json. It needs no network, and runs on
// any checkout that was installed and built.

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cyclonedx } from './cyclonedx.mjs';
import { packageClosure } from './package-closure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What no running program reads: types, source maps, manuals. Licences stay. */
const NOT_RUN = /(\.d\.[cm]?ts|\.map|\.tsbuildinfo|(?<!LICEN[CS]E)\.md|\.markdown)$/i;

/** Folders of a package that are for those who work on it, and node_modules, whose packages are copied one by one. */
const NOT_COPIED = /^(node_modules|\.github|benchmarks?|docs?|examples?|tests?)$/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false }, without: { type: 'string', multiple: true, default: [] } },
});
const [folder, ...names] = values.list ? ['', ...positionals] : positionals;
if (folder === undefined || names.length === 0) {
  console.error('usage: node deploy/image/assemble.mjs <folder>|--list <package>... [--without <package>]...');
  process.exit(2);
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const packages = packageClosure(root, lock, names, new Set(values.without));
if (values.list) {
  console.log(packages.map(({ name }) => name).join('\n'));
} else {
  for (const one of packages) copyPackage(one);
  linkCommands();
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(cyclonedx(root, packages), null, 1)}\n`);
}

function copyPackage({ path, name, isOurs }) {
  const from = join(root, path);
  // A package of this repository goes where npm would put it; what stands inside of another stays inside of it.
  const to = join(folder, isOurs ? `node_modules/${name}` : placeOf(path));
  mkdirSync(to, { recursive: true });
  const isPart = (entry) => !entry.startsWith('!');
  const parts = isOurs ? ['package.json', ...(manifestIn(from).files ?? []).filter(isPart)] : ['.'];
  for (const part of parts) {
    cpSync(join(from, part), join(to, part), {
      recursive: true,
      filter: (file) => !NOT_RUN.test(file) && !NOT_COPIED.test(relative(from, file).split(sep)[0]),
    });
  }
}

/** `packages/serve/node_modules/x` is `node_modules/@scorecast/serve/node_modules/x` here. */
function placeOf(path) {
  const owner = packages.find((one) => one.isOurs && path.startsWith(`${one.path}/`));
  return owner === undefined ? path : path.replace(owner.path, `node_modules/${owner.name}`);
}

/** `bin/<command>` for each command of the packages that were asked for. */
function linkCommands() {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const name of names) {
    const place = join(folder, 'node_modules', name);
    const { bin = {} } = manifestIn(place);
    const commands = typeof bin === 'string' ? { [basename(name)]: bin } : bin;
    for (const [command, file] of Object.entries(commands)) {
      symlinkSync(relative(join(folder, 'bin'), join(place, file)), join(folder, 'bin', command));
    }
  }
}

function manifestIn(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
