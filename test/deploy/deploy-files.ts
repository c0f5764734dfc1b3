import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { TestContext } from 'vitest';
import { root } from '../source-files.js';

/** The files below a folder as paths from the root, with forward slashes. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'))
    .sort();
}

/** A program of scripts/deploy-tools.sh, from there or from PATH; undefined where there is none. */
export function deployTool(name: string): string | undefined {
  const folders = [join(root, '.cache/deploy-tools/bin'), ...(process.env['PATH'] ?? '').split(':')];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs such a program in the root's folder; skips the test where there is none. */
export function runTool(context: TestContext, name: string, ...args: readonly string[]) {
  const path = deployTool(name);
  if (path === undefined) return context.skip(`${name} is not installed (bash scripts/deploy-tools.sh ${name})`);
  const { status, stdout, stderr } = spawnSync(path, args, { cwd: root, encoding: 'utf8' });
  return { status, stdout, output: stdout + stderr };
}
