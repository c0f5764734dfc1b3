import { mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { workerEntry } from '../../src/search/worker-entry.js';

/** A folder with these files, each written at so many seconds. */
async function folderWith(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecast-worker-'));
  for (const [name, seconds] of Object.entries(files)) {
    await writeFile(path.join(folder, name), '');
    await utimes(path.join(folder, name), seconds, seconds);
  }
  return folder;
}

describe('a worker starts from', () => {
  it.each([
    ['its module, where nothing is bundled', { 'worker.js': 1 }, 'worker.js'],
    ['the bundle, where nobody compiles', { 'worker.js': 9, 'worker.bundle.js': 1 }, 'worker.bundle.js'],
    ['the bundle that was made last', { 'worker.js': 1, '.tsbuildinfo': 2, 'worker.bundle.js': 3 }, 'worker.bundle.js'],
    ['its module, where that was compiled since', { 'worker.bundle.js': 3, '.tsbuildinfo': 4 }, 'worker.js'],
  ])('%s', async (_, files, expected) => {
    const folder = await folderWith(files);
    expect(workerEntry(path.join(folder, 'worker.js'), [folder])).toBe(path.join(folder, expected));
  });

  it('its module, where another package that is in the bundle was compiled since', async () => {
    const folder = await folderWith({ 'worker.bundle.js': 3, '.tsbuildinfo': 2 });
    const other = await folderWith({ '.tsbuildinfo': 4 });
    expect(workerEntry(path.join(folder, 'worker.js'), [folder, other])).toBe(path.join(folder, 'worker.js'));
  });
});
