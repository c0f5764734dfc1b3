import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of one file, removed after them. */
export interface TemporaryFiles {
  /** The path of a name in the folder. */
  path(name: string): string;
  /** Writes a file, with the folders that it needs. */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/** Makes the folder before the tests of the calling file. */
export function temporaryFiles(): TemporaryFiles {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorecast-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), content);
      return path(name);
    },
  };
}
