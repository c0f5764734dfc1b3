import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { invalidPath } from '../artifact-path.js';
import { isMissing, storageFailure } from './local-failure.js';

/**
 * Where a checked path lies on the disk, with symbolic links followed as far as there is something.
 *
 * @throws `INVALID_PARAMETER_VALUE` when a link leads out of the root.
 */
export async function locate(root: string, path: string): Promise<string> {
  const realRoot = await realLocation(root);
  const location = await realLocation(join(root, path));
  if (location !== realRoot && !location.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) {
    throw invalidPath(path);
  }
  return location;
}

/** The real path of what exists of `location`, followed by the names of what does not. */
async function realLocation(location: string): Promise<string> {
  try {
    return await realpath(location);
  } catch (error) {
    if (!isMissing(error)) throw storageFailure(location, error);
    const parent = dirname(location);
    return parent === location ? location : join(await realLocation(parent), basename(location));
  }
}
