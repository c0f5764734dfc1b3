import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { partialName } from './partial-name.js';
import type { StagedFile, StageLimits } from '../artifact-storage.js';
import type { ArtifactContent } from '../artifact-store.js';
import { ContentMeter } from '../content-meter.js';
import { isMissing, storageFailure } from './local-failure.js';
import { locate } from './locate.js';

/** Writes content beside its path and waits until the disk has it; publishing renames it. */
export async function stageBeside(
  root: string,
  path: string,
  content: ArtifactContent,
  limits: StageLimits,
): Promise<StagedFile> {
  const partial = await writePartial(root, path, content, limits);
  return { ...partial, publish: () => partial.publishAs(basename(path)) };
}

/** Content on disk in the folder of its path, under a name that nobody sees. */
export interface PartialFile extends Omit<StagedFile, 'publish'> {
  /** Gives it its name. */
  publishAs(name: string): Promise<void>;
}

/** Writes content into the folder of `path`, under a name of its own. */
export async function writePartial(
  root: string,
  path: string,
  content: ArtifactContent,
  { limitBytes, expected }: StageLimits,
): Promise<PartialFile> {
  const meter = new ContentMeter(path, limitBytes);
  const { file, beside } = await openBeside(root, path);
  const discard = () => rm(beside, { force: true });
  try {
    try {
      for await (const bytes of meter.measure(content)) await writeBytes(file, beside, bytes);
      const measured = meter.finish(expected);
      await file.sync();
      return { ...measured, publishAs: (name) => publish(beside, join(dirname(beside), name)), discard };
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard();
    throw error;
  }
}

async function writeBytes(file: FileHandle, beside: string, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
  } catch (error) {
    throw storageFailure(beside, error);
  }
}

/** Opens a new file in the folder of `path`, and makes the folder. Again, where a removal took the folder in between. */
async function openBeside(root: string, path: string) {
  const name = partialName();
  for (let attempt = 1; ; attempt++) {
    const folder = await locate(root, dirname(path));
    const beside = join(folder, name);
    try {
      const first = await mkdir(folder, { recursive: true });
      if (first !== undefined) await syncFolders(first, folder);
      return { file: await open(beside, 'wx'), beside };
    } catch (error) {
      if (attempt === 5 || !isMissing(error)) throw storageFailure(beside, error);
    }
  }
}

async function publish(beside: string, target: string): Promise<void> {
  try {
    await rename(beside, target);
    await syncFolder(dirname(target));
  } catch (error) {
    throw storageFailure(target, error);
  }
}

/** Makes new folders, from `first` down to `last`, survive a crash: each is an entry of the one above it. */
async function syncFolders(first: string, last: string): Promise<void> {
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) await syncFolder(dirname(folder));
}

/** Windows cannot open folders, and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
