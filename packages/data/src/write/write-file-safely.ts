import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a file is to hold, at once or piece by piece. */
export type FileContent = string | Uint8Array | Iterable<string> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file so that its path always holds either the old content or the whole new one: writes beside it, waits until
 * the disk has it, then renames. When writing fails nothing is left behind.
 *
 * @param content Texts are written as UTF-8.
 */
export async function writeFileSafely(path: string, content: FileContent): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const file = await open(beside, 'wx');
  try {
    try {
      await writeAll(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, content: FileContent): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) await file.writeFile(content);
  else for await (const piece of content) await file.writeFile(piece);
}
