import { flag, list, number, text } from './json.js';
import { get, queryText, send } from './request.js';

/** A file or folder of a run. */
export interface Artifact {
  readonly path: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number | undefined;
}

/** What is in a folder: folders first, then files, by name. */
export async function artifactsIn(runId: string, folder: string, signal?: AbortSignal): Promise<readonly Artifact[]> {
  const query = { run_id: runId, path: folder === '' ? undefined : folder };
  const found = [...list(await get('mlflow/artifacts/list', query, signal), 'files', readArtifact)];
  return found.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.path.localeCompare(b.path));
}

/** The address of a file. */
export function artifactAddress(runId: string, path: string): string {
  return `/get-artifact${queryText({ run_id: runId, path })}`;
}

/** The content of a file. */
export async function artifactContent(runId: string, path: string, signal?: AbortSignal): Promise<Blob> {
  return (await send(artifactAddress(runId, path), signal === undefined ? {} : { signal })).blob();
}

function readArtifact(value: unknown): Artifact {
  return { path: text(value, 'path'), isFolder: flag(value, 'is_dir'), sizeBytes: number(value, 'file_size') };
}
