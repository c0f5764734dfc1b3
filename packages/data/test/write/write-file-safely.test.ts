import { mkdir, readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { writeFileSafely } from '../../src/index.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

describe('writing a file safely', () => {
  it.each([
    ['a text', 'é\n'],
    ['bytes', Buffer.from('é\n')],
    ['pieces', ['é', '\n']],
  ])('writes %s', async (_, content) => {
    await writeFileSafely(files.path('new.txt'), content);
    expect(await readFile(files.path('new.txt'), 'utf8')).toBe('é\n');
  });

  it('replaces what was there', async () => {
    const path = await files.write('old.txt', 'a longer text than the new one');
    await writeFileSafely(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  it('leaves the old content and nothing else when writing fails', async () => {
    const path = await files.write('folder/kept.txt', 'old');
    async function* broken() {
      yield 'half of the new';
      throw new Error('the disk is full');
    }
    await expect(writeFileSafely(path, broken())).rejects.toThrow('the disk is full');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(files.path('folder'))).toEqual(['kept.txt']);
  });

  it('leaves nothing behind when the path is a folder', async () => {
    await mkdir(files.path('taken/inner'), { recursive: true });
    await expect(writeFileSafely(files.path('taken/inner'), 'x')).rejects.toThrow();
    expect(await readdir(files.path('taken'))).toEqual(['inner']);
  });
});
