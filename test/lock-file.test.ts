import { describe, expect, it } from 'vitest';
import { textOf } from './source-files.js';

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(textOf('package-lock.json'));
const packages = Object.entries(lock.packages);

describe('the lock file', () => {
  it('lists the binaries of every platform, without which npm ci refuses it or installs too little', () => {
    const listed = new Set(packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 13)));
    const wanted = packages.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('names no host, so that each installs from the registry that npm is set to', () => {
    const elsewhere = packages.filter(([, entry]) => entry.link !== true && entry.resolved !== undefined);
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });
});
