// What a package needs to run, read from package-lock.json as Node's resolution reads node_modules.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

const cLibrary = process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';

/**
 * @typedef {object} LockedPackage One package of the closure.
 * @property {string} path Where it stands below the root: `node_modules/fastify`, `packages/core`.
 * @property {string} name
 * @property {boolean} isOurs Whether it is a package of this repository.
 * @property {readonly string[]} needs The paths of the packages that it needs.
 * @property {Record<string, any>} entry What the lock file says of it.
 */

/**
 * The packages that `start` needs in production, itself first, each once.
 *
 * An optional dependency counts where it is installed: those are binaries, one for each platform.
 *
 * @param {string} root The folder of package-lock.json.
 * @param {{ packages: Record<string, any> }} lock What is in it.
 * @param {readonly string[]} start Names of packages of this repository.
 * @param {ReadonlySet<string>} without Names that are left out, with what only they need.
 * @returns {readonly LockedPackage[]}
 */
export function packageClosure(root, lock, start, without = new Set()) {
  /** @type {Map<string, LockedPackage>} */
  const found = new Map();
  const waiting = start.map(
    (name) => pathOf(lock, '', name) ?? fail(`there is no package ${name} in package-lock.json`),
  );
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (found.has(path)) continue;
    const entry = lock.packages[path];
    const needs = neededBy(entry)
      .filter(({ name }) => !without.has(name))
      .flatMap(({ name, isOptional }) => {
        const at = pathOf(lock, path, name);
        if (at === undefined || !existsSync(join(root, at))) {
          return isOptional ? [] : fail(`${path} needs ${name}, which is not installed (run "npm ci" first)`);
        }
        return isOptional && !isForThisPlatform(name, lock.packages[at]) ? [] : [at];
      });
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(path, { path, name, isOurs: !path.includes('node_modules/'), needs, entry });
    waiting.push(...needs);
  }
  return [...found.values()];
}

function neededBy({ dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const optional = new Set(Object.keys(optionalDependencies));
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  const names = new Set([...Object.keys(dependencies), ...optional, ...peers]);
  return [...names].map((name) => ({ name, isOptional: optional.has(name) }));
}

/** The nearest node_modules/<name> on the way up from a package, with links to packages of this repository followed. */
function pathOf({ packages }, from, name) {
  const steps = from.split('/');
  for (let length = steps.length; length >= 0; length--) {
    if (steps[length - 1] === 'node_modules') continue;
    const at = [...steps.slice(0, length), 'node_modules', name].filter((step) => step !== '').join('/');
    const entry = packages[at];
    if (entry !== undefined) return entry.link === true ? entry.resolved : at;
  }
  return undefined;
}

/** npm may install a library's binaries for several C libraries; an image needs those of its own. */
function isForThisPlatform(name, { libc = name.endsWith('-musl') ? ['musl'] : [], os = [], cpu = [] }) {
  const isIn = (allowed, own) => allowed.length === 0 || allowed.includes(own);
  return isIn(libc, cLibrary) && isIn(os, process.platform) && isIn(cpu, process.arch);
}

function fail(message) {
  throw new Error(message);
}
