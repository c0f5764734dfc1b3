import { unwatchFile, watchFile } from 'node:fs';
import { readServeKeys } from './key-file.js';
import { keyReader, type KeyReader } from './serve-keys.js';

/** How often the file is looked at. Looking, not being told, also sees what Kubernetes does with mounted secrets. */
const LOOK_EVERY_MS = 2000;

/** The keys of a file, as they are now. */
export interface LiveKeys {
  readonly read: KeyReader;
  /** Reads the file again. A file that cannot be read changes nothing: the keys stay as they were. */
  reload(this: void): Promise<void>;
  close(): void;
}

/**
 * Follows a key file.
 *
 * @param onReload What is told of every reading after the first: how many keys there are, or why none could be read.
 * @throws SERVE_KEYS_UNREADABLE when the first reading fails.
 */
export async function liveKeys(
  path: string,
  now: () => Date,
  onReload: (outcome: { readonly count: number } | { readonly failure: unknown }) => void,
): Promise<LiveKeys> {
  let read = keyReader(await readServeKeys(path), now);
  const reload = async () => {
    try {
      const keys = await readServeKeys(path);
      read = keyReader(keys, now);
      onReload({ count: keys.length });
    } catch (failure) {
      onReload({ failure });
    }
  };
  const changed = () => void reload();
  watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, changed);
  return {
    read: (text) => read(text),
    reload,
    close: () => {
      unwatchFile(path, changed);
    },
  };
}
