import { open, type FileHandle } from 'node:fs/promises';

/** How often is looked whether the file is still there: a busy log writes more often. */
const CHECK_MS = 150;

/** A file that is only appended to, by whole lines: what a full disk takes by half is taken back. */
export class AppendFile {
  readonly #handle: FileHandle;
  #size: number;
  #isBroken = false;
  #checkedAt = -Infinity;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  /** @param flags `ax` makes a file, `a` goes on with one. */
  static async open(path: string, flags: 'ax' | 'a'): Promise<AppendFile> {
    // Nobody but this user may read what a log holds of people.
    const handle = await open(path, flags, 0o600);
    try {
      return new AppendFile(handle, (await handle.stat()).size);
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Whether lines can still be appended here: somebody may have removed the file, or it ends in half a line. */
  async isUsable(): Promise<boolean> {
    if (this.#isBroken) return false;
    if (performance.now() - this.#checkedAt < CHECK_MS) return true;
    this.#checkedAt = performance.now();
    return this.#handle.stat().then(
      ({ nlink }) => nlink > 0,
      () => false,
    );
  }

  /** Appends all of a text or nothing; answers its size in bytes. */
  async append(text: string): Promise<number> {
    const bytes = Buffer.from(text);
    try {
      await this.#handle.appendFile(bytes);
    } catch (cause) {
      await this.#handle.truncate(this.#size).catch(() => (this.#isBroken = true));
      throw cause;
    }
    this.#size += bytes.length;
    return bytes.length;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
