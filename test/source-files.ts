import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders below packages/: core, data, ... */
export const packageNames: readonly string[] = readdirSync(join(root, 'packages')).sort();

/** What a package.json says that these tests look at. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The package.json of a folder. */
export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** The TypeScript files below a folder as paths from the root, with forward slashes; none when it does not exist. */
export function typescriptFiles(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .sort();
}

/** The text of a file of the checkout. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What a file imports or exports from: `./table.js`, `@scorecast/core`, `node:fs`. Types count like values. */
export function importsOf(path: string): readonly string[] {
  return ts.preProcessFile(textOf(path)).importedFiles.map((file) => file.fileName);
}

/** The TypeScript file that a relative import means. */
export function importedFile(from: string, specifier: string): string {
  const base = relative(root, join(root, dirname(from), specifier.replace(/\.js$/, '')))
    .split(sep)
    .join('/');
  return existsSync(join(root, `${base}.tsx`)) ? `${base}.tsx` : `${base}.ts`;
}
