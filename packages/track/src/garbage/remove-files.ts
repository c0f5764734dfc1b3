import { ScorecastError } from '@scorecast/core';
import type { RemovedArtifacts } from '../artifacts/artifact-store.js';
import type { Collection } from './collection.js';

/** Why the files of a run, model or trace may not be removed; undefined when they may. */
export function placeProblem(
  { artifactsAt }: Collection,
  { id, artifactUri }: { readonly id: string; readonly artifactUri: string },
): string | undefined {
  if (artifactUri === '') return undefined;
  if (!artifactUri.replace(/\/$/, '').endsWith(`/${id}/artifacts`)) {
    return `its files at ${artifactUri} are not in a folder of its own`;
  }
  try {
    artifactsAt(artifactUri);
    return undefined;
  } catch (error) {
    if (error instanceof ScorecastError) return error.message;
    throw error;
  }
}

/** Removes the files at a URI, or counts them. */
export async function removeFiles({ artifactsAt, dryRun }: Collection, uri: string): Promise<RemovedArtifacts> {
  if (uri === '') return { files: 0, bytes: 0 };
  const artifacts = artifactsAt(uri);
  if (!dryRun) return artifacts.removeTree();
  let [files, bytes] = [0, 0];
  for await (const { sizeBytes } of artifacts.walk()) [files, bytes] = [files + 1, bytes + sizeBytes];
  return { files, bytes };
}
