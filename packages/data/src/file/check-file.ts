import { readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { closestName } from '@scorecast/core';
import { dataError } from '../data-error.js';

/**
 * Makes sure that a path names a regular file.
 *
 * @throws DATA_FILE_MISSING, DATA_NOT_A_FILE, DATA_FILE_UNREADABLE
 */
export async function checkFile(path: string): Promise<void> {
  const stats = await statOf(path);
  if (!stats.isFile()) throw dataError('DATA_NOT_A_FILE', { path, found: kindOf(stats) });
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw dataError('DATA_FILE_MISSING', { path, meant: await neighbour(path) }, { cause });
    }
    throw dataError('DATA_FILE_UNREADABLE', { path, reason: code ?? String(cause) }, { cause });
  }
}

/** The code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The file in the same folder whose name is nearest. */
async function neighbour(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => []);
  const meant = closestName(basename(path), names);
  return meant === undefined ? undefined : join(dirname(path), meant);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isFIFO() || stats.isSocket() ? 'a pipe' : 'a device';
}
