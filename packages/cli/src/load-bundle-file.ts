import { loadBundle, type Bundle } from '@scorecast/core';
import { cliError } from './cli-error.js';
import { readTextFile } from './read-text-file.js';
import { ScorecastError } from '@scorecast/core';

/**
 * Loads and proves the bundle at a path.
 *
 * @throws CLI_NO_BUNDLE where there is none, and what `loadBundle` throws, with the path in front.
 */
export async function loadBundleFile(path: string): Promise<Bundle> {
  const text = await readTextFile('the bundle', path).catch((cause: unknown) => {
    throw cliError('CLI_NO_BUNDLE', { path }, { cause });
  });
  try {
    return await loadBundle(text);
  } catch (cause) {
    if (!(cause instanceof ScorecastError)) throw cause;
    throw new ScorecastError(cause.code, cause, `${path}: ${cause.message}`, { ...cause.details, path }, { cause });
  }
}
