import { readFile } from 'node:fs/promises';
import { cliError } from './cli-error.js';

/**
 * Reads a text file that the user named.
 *
 * @param what How messages call it: `the schema`.
 * @throws CLI_FILE_UNREADABLE with the system's reason.
 */
export async function readTextFile(what: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw cliError('CLI_FILE_UNREADABLE', { what, path, reason: systemReason(cause) }, { cause });
  }
}

/** Reads a JSON file that the user named. */
export async function readJsonFile(what: string, path: string): Promise<unknown> {
  const text = await readTextFile(what, path);
  try {
    // A byte-order mark is legal in files that Windows editors write, but not in JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw cliError('CLI_FILE_UNREADABLE', { what, path, reason: `it is not JSON (${reasonOf(cause)})` }, { cause });
  }
}

/** What went wrong, in words that a user understands where the system's code is a common one. */
function systemReason(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder, not a file';
  if (code === 'EACCES') return 'permission denied';
  return reasonOf(cause);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
