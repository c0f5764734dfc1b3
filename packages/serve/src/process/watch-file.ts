import { stat } from 'node:fs/promises';

/**
 * Calls back when another file is found at a path, or the same one with other content, and has then stayed as it is for
 * one interval, so that a copy in progress is not read.
 *
 * It asks instead of being told: links are followed (Kubernetes mounts files as links and swaps a folder above them), and
 * network file systems tell nobody anything.
 *
 * @returns What ends the watch.
 */
export function watchFile(path: string, onChange: () => void, intervalMs: number): () => void {
  let known: string | undefined;
  let seen: string | undefined;
  let isAsking = false;

  async function ask(): Promise<void> {
    const before = seen;
    seen = await appearance(path);
    known ??= seen;
    // A file that is gone for a moment is about to be replaced.
    if (seen === undefined || seen === known || seen !== before) return;
    known = seen;
    onChange();
  }

  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    void ask().finally(() => (isAsking = false));
  }, intervalMs);
  timer.unref();
  void ask();
  return () => clearInterval(timer);
}

/** What changes when the file does; undefined while there is none. */
async function appearance(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(' ');
  } catch {
    return undefined;
  }
}
