import path from 'node:path';
import { type ArtifactEntry, type ArtifactStore } from '../../artifacts/artifact-store.js';

/** The files and folders in a folder, in wire format, with their paths from the store's root. */
export async function wireFiles(files: ArtifactStore, folder: string): Promise<readonly object[]> {
  return (await files.list(folder)).map((entry) => wireFile(entry, entry.path));
}

/** The same with their names only. */
export async function wireFileNames(files: ArtifactStore, folder: string): Promise<readonly object[]> {
  return (await files.list(folder)).map((entry) => wireFile(entry, path.posix.basename(entry.path)));
}

function wireFile(entry: ArtifactEntry, shown: string): object {
  return { path: shown, is_dir: entry.isDirectory, file_size: entry.isDirectory ? undefined : entry.sizeBytes };
}
