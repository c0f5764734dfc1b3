import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import hcl from 'hcl2-parser';
import { root, textOf } from '../source-files.js';

/** A block `kind "type" "name" { ... }`, as JSON: nested blocks are lists of objects, expressions are texts `${...}`. */
export interface HclBlock {
  readonly type: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** All `.tf` files of one folder. */
export interface HclModule {
  readonly folder: string;
  readonly files: readonly string[];
  readonly resources: readonly HclBlock[];
  readonly data: readonly HclBlock[];
  readonly modules: readonly HclBlock[];
  readonly variables: readonly HclBlock[];
  readonly outputs: readonly HclBlock[];
  readonly locals: Readonly<Record<string, unknown>>;
}

/** The folders below deploy/ that hold `.tf` files. */
export const moduleFolders: readonly string[] = [
  ...new Set(
    readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.tf'))
      .map((path) => join('deploy', path, '..')),
  ),
].sort();

/** Reads a module with HashiCorp's own parser. */
export function readModule(folder: string): HclModule {
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.tf'))
    .map((name) => join(folder, name));
  const parsed = files.map((file) => parseHcl(textOf(file), file));
  const typed = (kind: string) =>
    parsed.flatMap((file) =>
      Object.entries(recordOf(file[kind])).flatMap(([type, named]) =>
        Object.entries(recordOf(named)).flatMap(([name, bodies]) =>
          listOf(bodies).map((body) => ({ type, name, body: recordOf(body) })),
        ),
      ),
    );
  const named = (kind: string) =>
    parsed.flatMap((file) =>
      Object.entries(recordOf(file[kind])).flatMap(([name, bodies]) =>
        listOf(bodies).map((body) => ({ type: kind, name, body: recordOf(body) })),
      ),
    );
  return {
    folder,
    files,
    resources: typed('resource'),
    data: typed('data'),
    modules: named('module'),
    variables: named('variable'),
    outputs: named('output'),
    locals: Object.assign({}, ...parsed.flatMap((file) => listOf(file['locals']))),
  };
}

/** Parses HCL. @throws with the file's name when it is none. */
export function parseHcl(text: string, file: string): Readonly<Record<string, unknown>> {
  const [parsed] = hcl.parseToObject(text);
  if (parsed === null) throw new Error(`${file} is no HCL`);
  return parsed;
}

/** The one block of a type and name. */
export function blockOf(blocks: readonly HclBlock[], type: string, name: string): HclBlock {
  const found = blocks.find((block) => block.type === type && block.name === name);
  if (found === undefined) throw new Error(`there is no ${type}.${name}`);
  return found;
}

/** A value as an object: the only one of a list of blocks too; an empty one for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return single !== null && typeof single === 'object' && !Array.isArray(single) ? { ...single } : {};
}

/** A value as a list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Every text inside a value. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(key.includes('${') ? [key] : []), ...textsIn(inner)]);
}
