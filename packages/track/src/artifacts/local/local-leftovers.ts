import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Leftover } from '../artifact-store.js';
import { isMissing, storageFailure } from './local-failure.js';
import { TARGET, targetOf, UPLOADS } from './local-uploads.js';
import { isPartialName } from './partial-name.js';

/** Uploads in parts and files that were being written, beneath a folder. */
export async function* localLeftovers(root: string, folder: string): AsyncIterable<Leftover> {
  for (const id of await namesIn(join(root, UPLOADS))) {
    const path = await targetOf(root, id);
    if (path !== undefined && (folder === '' || path.startsWith(`${folder}/`))) {
      yield leftover(path, join(root, UPLOADS, id), await partsOf(join(root, UPLOADS, id)));
    }
  }
  yield* partialFiles(root, folder);
}

async function* partialFiles(root: string, folder: string): AsyncIterable<Leftover> {
  for (const entry of await childrenOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== UPLOADS) yield* partialFiles(root, path);
    else if (entry.isFile() && isPartialName(entry.name)) {
      const found = await stat(join(root, path)).catch(() => undefined);
      if (found !== undefined) yield leftover(path, join(root, path), [found]);
    }
  }
}

function leftover(
  path: string,
  location: string,
  files: readonly { readonly size: number; readonly mtimeMs: number }[],
): Leftover {
  return {
    path,
    sizeBytes: files.reduce((sum, file) => sum + file.size, 0),
    modifiedAt: Math.floor(Math.max(0, ...files.map((file) => file.mtimeMs))),
    remove: () => rm(location, { recursive: true, force: true }),
  };
}

/** The parts, and the file that names the target: it tells when the upload began, and its few bytes do not count. */
async function partsOf(folder: string) {
  const names = await namesIn(folder);
  const found = await Promise.all(
    names.map(async (name) => {
      const file = await stat(join(folder, name)).catch(() => undefined);
      return file === undefined ? undefined : { size: name === TARGET ? 0 : file.size, mtimeMs: file.mtimeMs };
    }),
  );
  return found.filter((file) => file !== undefined);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await childrenOf(folder)).map((entry) => entry.name);
}

async function childrenOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw storageFailure(folder, error);
  }
}
