import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getLoggedModel } from '../../store/logged-models.js';
import { getRun } from '../../store/runs.js';
import { type Store } from '../../store/store.js';
import { trackError } from '../../track-error.js';

/** What a client says that a new version is made from. */
interface ModelSource {
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/**
 * Refuses sources by which a version could hand out files of this machine: local folders outside of the run's or
 * model's own, and other URIs that climb.
 *
 * @throws INVALID_PARAMETER_VALUE
 */
export async function checkModelSource(store: Store, { source, runId, modelId }: ModelSource): Promise<void> {
  const folder = localPath(source);
  if (folder === undefined) {
    checkClimbs(source);
    return;
  }
  const owner = modelId === undefined ? await runFolder(store, runId) : await modelFolder(store, modelId);
  if (owner !== undefined && (folder === owner || folder.startsWith(`${owner}${path.sep}`))) return;
  const parameter = modelId === undefined ? 'run_id' : 'model_id';
  throw invalidSource(
    folder,
    `To use a local path as a model version source, the ${parameter} request parameter has to be specified and the local path ` +
      `has to be contained within the artifact directory of the run specified by the ${parameter}.`,
  );
}

async function runFolder(store: Store, runId: string | undefined): Promise<string | undefined> {
  if (runId === undefined) return undefined;
  const { info } = await getRun(store, runId);
  return localPath(info.artifactUri ?? '');
}

async function modelFolder(store: Store, modelId: string): Promise<string | undefined> {
  const { artifactUri } = await getLoggedModel(store, modelId);
  return localPath(artifactUri);
}

/** The folder that a path or `file:` URI means, or undefined for other URIs. */
function localPath(uri: string): string | undefined {
  if (uri === '') return undefined;
  if (/^file:/iu.test(uri)) return fileUrlPath(uri);
  return /^[a-z][a-z0-9+.-]+:/iu.test(uri) ? undefined : path.resolve(uri);
}

function fileUrlPath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return path.resolve(uri.replace(/^file:/iu, ''));
  }
}

function checkClimbs(source: string): void {
  let decoded = source;
  for (let before = ''; before !== decoded;) {
    before = decoded;
    decoded = decoded.replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  const place = decoded.split(/[?#]/u, 1)[0];
  if (!decoded.split('/').includes('..') && !place.split('/').includes('.') && !place.includes('\0')) return;
  throw invalidSource(
    source,
    'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path ' +
      'must be provided without relative path references present. Please provide an absolute path.',
  );
}

function invalidSource(source: string, reason: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message: `Invalid model version source: '${source}'. ${reason}` });
}
