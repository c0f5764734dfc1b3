import { constants } from 'node:fs';
import { lstat, open, readdir, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Readable } from 'node:stream';
import { trackError } from '../../track-error.js';
import { isReserved } from '../artifact-path.js';
import type { ArtifactStorage, StorageReading } from '../artifact-storage.js';
import type { ArtifactEntry, ByteRange, RemovedArtifacts } from '../artifact-store.js';
import { readableRange } from '../readable-range.js';
import { isMissing, storageFailure } from './local-failure.js';
import { localLeftovers } from './local-leftovers.js';
import { localUploads } from './local-uploads.js';
import { locate } from './locate.js';
import { stageBeside } from './stage-beside.js';

/**
 * Artifacts in a folder of this machine. The folder is made with the first file.
 *
 * @param root An absolute path.
 */
export function localStorage(root: string): ArtifactStorage {
  return {
    uri: pathToFileURL(root).href.replace(/\/$/, ''),
    list: (folder) => listFolder(root, folder),
    walk: (folder) => walkFolder(root, folder),
    find: (path) => findFile(root, path),
    read: (path, range) => readFile(root, path, range),
    stage: (path, content, limits) => stageBeside(root, path, content, limits),
    remove: (path) => removeFile(root, path),
    removeTree: (path) => removeTree(root, path),
    uploads: localUploads(root),
    leftovers: (folder) => localLeftovers(root, folder),
    presign: async () => undefined,
  };
}

async function listFolder(root: string, folder: string): Promise<readonly ArtifactEntry[]> {
  const names = await namesIn(await locate(root, folder));
  const found = await Promise.all(names.map((name) => entryAt(root, folder === '' ? name : `${folder}/${name}`)));
  return found.filter((entry) => entry !== undefined);
}

/** The names in a folder that people may see, sorted; none where it is no folder. */
async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => !isReserved(name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw storageFailure(directory, error);
  }
}

/** A file or folder; undefined for what is missing, is neither (a socket, a pipe) or leads out of the root. */
async function entryAt(root: string, path: string): Promise<ArtifactEntry | undefined> {
  try {
    const found = await stat(await locate(root, path));
    if (found.isDirectory()) return { path, isDirectory: true, sizeBytes: 0, modifiedAt: 0 };
    if (!found.isFile()) return undefined;
    return { path, isDirectory: false, sizeBytes: found.size, modifiedAt: Math.floor(found.mtimeMs) };
  } catch {
    return undefined;
  }
}

/** Symbolic links are not followed: a walk is what removal is planned with. */
async function* walkFolder(root: string, folder: string): AsyncIterable<ArtifactEntry> {
  const directory = await locate(root, folder);
  const children = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw storageFailure(directory, error);
  });
  for (const child of children) {
    if (isReserved(child.name)) continue;
    const path = folder === '' ? child.name : `${folder}/${child.name}`;
    if (child.isDirectory()) yield* walkFolder(root, path);
    else if (child.isFile()) {
      const entry = await entryAt(root, path);
      if (entry !== undefined) yield entry;
    }
  }
}

async function findFile(root: string, path: string): Promise<ArtifactEntry | undefined> {
  await locate(root, path);
  const entry = await entryAt(root, path);
  return entry?.isDirectory === false ? entry : undefined;
}

async function readFile(root: string, path: string, range: ByteRange): Promise<StorageReading> {
  const file = await openFile(root, path);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw missing(path);
    const { start, end } = readableRange(path, range, found.size);
    if (start === end) {
      await file.close();
      return { body: Readable.from([]), sizeBytes: found.size, start, end };
    }
    return { body: file.createReadStream({ start, end: end - 1 }), sizeBytes: found.size, start, end };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What was located has no symbolic link left; NOFOLLOW refuses one that came since, NONBLOCK does not wait for a pipe. */
async function openFile(root: string, path: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const location = await locate(root, path);
  try {
    return await open(location, flags);
  } catch (error) {
    throw isMissing(error) ? missing(path) : storageFailure(location, error);
  }
}

/** A symbolic link is removed itself, never what it leads to. */
async function removeFile(root: string, path: string): Promise<void> {
  const location = join(await locate(root, dirname(path)), basename(path));
  try {
    await rm(location);
  } catch (error) {
    if (isMissing(error)) return;
    throw storageFailure(location, error);
  }
  await removeEmptyFolders(root, dirname(path));
}

async function removeTree(root: string, path: string): Promise<RemovedArtifacts> {
  const location = join(await locate(root, dirname(path)), basename(path));
  let files = 0;
  let bytes = 0;
  try {
    const found = await lstat(location);
    const isFolder = found.isDirectory();
    for await (const { sizeBytes } of isFolder ? walkFolder(root, path) : [{ sizeBytes: found.size }]) {
      files += 1;
      bytes += sizeBytes;
    }
    await rm(location, { recursive: true, force: true });
  } catch (error) {
    if (isMissing(error)) return { files, bytes };
    throw storageFailure(location, error);
  }
  await removeEmptyFolders(root, dirname(path));
  return { files, bytes };
}

/** Folders exist for their files, as in a bucket: from `folder` upwards, those that became empty go. The root stays. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let current = folder; current !== '.'; current = dirname(current)) {
    try {
      await rmdir(await locate(root, current));
    } catch {
      return;
    }
  }
}

function missing(path: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `No such artifact: ${JSON.stringify(path)}` });
}
