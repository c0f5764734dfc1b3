import { watchFile } from '../process/watch-file.js';
import { readServeKeys } from './key-file.js';
import { keyReader, type KeyReader } from './serve-keys.js';

/** How often the file is looked at. */
const WATCH_INTERVAL_MS = 1000;

/** The keys of a file, as they are now. */
export interface LiveKeys {
  readonly read: KeyReader;
  close(this: void): void;
}

/**
 * Follows a key file. One that cannot be read changes nothing: the keys stay as they were.
 *
 * @param onReload What is told of every reading after the first: how many keys there are, or why none could be read.
 * @throws SERVE_KEYS_UNREADABLE when the first reading fails.
 */
export async function liveKeys(
  path: string,
  now: () => Date,
  onReload: (outcome: { readonly count: number } | { readonly failure: unknown }) => void,
): Promise<LiveKeys> {
  let read: KeyReader = () => undefined;
  const reload = async () => {
    try {
      const keys = await readServeKeys(path);
      read = keyReader(keys, now);
      onReload({ count: keys.length });
    } catch (failure) {
      onReload({ failure });
    }
  };
  // Watched before it is read, so that no change is missed in between.
  const close = watchFile(path, () => void reload(), WATCH_INTERVAL_MS);
  try {
    read = keyReader(await readServeKeys(path), now);
  } catch (cause) {
    close();
    throw cause;
  }
  return { read: (text) => read(text), close };
}
