import { readFile } from 'node:fs/promises';
import { loadBundle, ScorecastError, type Bundle } from '@scorecast/core';
import { serveError } from '../serve-error.js';

/** A bundle that was proved, and the text that it was read from. */
export interface LoadedBundle {
  readonly bundle: Bundle;
  readonly text: string;
}

/**
 * Reads and proves the bundle at a path: checksum, every part, and the recorded rows predicted again.
 *
 * @throws SERVE_NO_BUNDLE where none can be read, and what `loadBundle` throws, with the path in front.
 */
export async function readBundleFile(path: string): Promise<LoadedBundle> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw serveError('SERVE_NO_BUNDLE', { path, reason: systemReason(cause) }, { cause });
  });
  try {
    return { bundle: await loadBundle(text), text };
  } catch (cause) {
    if (!(cause instanceof ScorecastError)) throw cause;
    throw new ScorecastError(cause.code, cause, `${path}: ${cause.message}`, { ...cause.details, path }, { cause });
  }
}

function systemReason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission denied';
  return cause instanceof Error ? cause.message : String(cause);
}
