import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../src/artifacts/artifact-store.js';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { all, filesIn, someBytes, stream, textOf } from './content.js';

const MIB = 1024 ** 2;
const isRoot = process.getuid?.() === 0;

describe('artifacts on a disk', () => {
  let folder: string;
  let root: string;
  let store: ArtifactStore;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scorecast-local-'));
    root = path.join(folder, 'root');
    store = openArtifactStore(root);
    return () => rm(folder, { recursive: true, force: true });
  });

  it('are plain files that any program can read', async () => {
    await store.write('1/run/artifacts/model.json', stream('{}'));
    expect(await readFile(path.join(root, '1/run/artifacts/model.json'), 'utf8')).toBe('{}');
    expect(await readdir(path.join(root, '1/run/artifacts'))).toEqual(['model.json']);
  });

  it('are found by path and by file URI', async () => {
    await store.write('a', stream('x'));
    expect(store.uri).toBe(pathToFileURL(root).href);
    for (const uri of [store.uri, `${store.uri}/`, `${root}/`, path.relative(process.cwd(), root)]) {
      expect(await textOf(await openArtifactStore(uri).read('a'))).toBe('x');
    }
    expect(() => openArtifactStore('file://elsewhere/root')).toThrow('Invalid artifact URI');
    expect(() => openArtifactStore('gs://bucket/root')).toThrow(
      'expected a path, file:///folder or s3://bucket/prefix',
    );
  });

  it('are not reached through a link that leads out of the root', async () => {
    await mkdir(path.join(folder, 'outside'), { recursive: true });
    await writeFile(path.join(folder, 'outside/secret'), 'secret');
    await mkdir(root);
    await symlink(path.join(folder, 'outside'), path.join(root, 'out'));
    await symlink(path.join(folder, 'outside/secret'), path.join(root, 'secret'));
    await symlink('../outside', path.join(root, 'relative'));
    for (const leading of ['out/secret', 'secret', 'relative/secret']) {
      await expect(store.read(leading)).rejects.toThrow('Invalid path');
      await expect(store.find(leading)).rejects.toThrow('Invalid path');
    }
    await expect(store.write('out/new', stream('x'))).rejects.toThrow('Invalid path');
    await expect(store.list('out')).rejects.toThrow('Invalid path');
    await expect(store.removeTree('out/secret')).rejects.toThrow('Invalid path');
    expect(await store.list()).toEqual([]);
    expect(await readdir(path.join(folder, 'outside'))).toEqual(['secret']);
  });

  it('replace and remove a link itself, never what it leads to', async () => {
    await writeFile(path.join(folder, 'secret'), 'secret');
    await mkdir(path.join(folder, 'outside'));
    await mkdir(root);
    await symlink(path.join(folder, 'secret'), path.join(root, 'file'));
    await symlink(path.join(folder, 'outside'), path.join(root, 'folder'));
    await store.write('file', stream('ours'));
    expect(await textOf(await store.read('file'))).toBe('ours');
    await store.removeTree('folder');
    expect(await readFile(path.join(folder, 'secret'), 'utf8')).toBe('secret');
    expect(await readdir(folder)).toContain('outside');
    expect(await readdir(root)).toEqual(['file']);
  });

  it('may lie behind links, inside the root and above it', async () => {
    await store.write('real/file', stream('x'));
    await symlink('real', path.join(root, 'alias'));
    await symlink(root, path.join(folder, 'entrance'));
    expect(await textOf(await store.read('alias/file'))).toBe('x');
    const behind = openArtifactStore(path.join(folder, 'entrance'));
    expect(await textOf(await behind.read('real/file'))).toBe('x');
    await behind.write('new', stream('y'));
    expect(await textOf(await store.read('new'))).toBe('y');
  });

  it('do not share content with a hard link made before they were written anew', async () => {
    await store.write('model', stream('first'));
    await link(path.join(root, 'model'), path.join(folder, 'kept'));
    await store.write('model', stream('second'));
    expect(await readFile(path.join(folder, 'kept'), 'utf8')).toBe('first');
  });

  it('do not wait for a pipe', async () => {
    await mkdir(root);
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    await expect(store.read('pipe')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(await store.list()).toEqual([]);
  });

  it('say when a file is where a folder is needed, and the other way round', async () => {
    await store.write('file', stream('x'));
    await store.write('folder/file', stream('x'));
    for (const wrong of ['file/beneath', 'folder']) {
      await expect(store.write(wrong, stream('y'))).rejects.toMatchObject({
        code: 'INVALID_PARAMETER_VALUE',
        status: 400,
      });
    }
    expect(await filesIn(root)).toEqual(['file', 'folder/file']);
  });

  it('survive that folders are removed while they are written', async () => {
    const work = Array.from({ length: 40 }, async (_, i) => {
      await store.write(`shared/${i}`, stream('x'));
      await store.remove(`shared/${i}`);
    });
    await Promise.all(work);
    expect(await filesIn(root)).toEqual([]);
  });

  it('show what a crash left, and can remove it', async () => {
    await store.write('1/run/kept', stream('x'));
    const partial = path.join(root, '1/run/.scorecast-0b7c.partial');
    await writeFile(partial, 'half');
    await utimes(partial, 1_000_000, 1_000_000);
    const leftovers = await all(store.leftovers());
    expect(leftovers).toMatchObject([
      { path: '1/run/.scorecast-0b7c.partial', sizeBytes: 4, modifiedAt: 1_000_000_000 },
    ]);
    expect(await store.list('1/run')).toMatchObject([{ path: '1/run/kept' }]);
    await leftovers[0].remove();
    expect(await filesIn(root)).toEqual(['1/run/kept']);
  });

  it('know an upload only by its id and path together', async () => {
    const id = await store.uploads.start('a');
    for (const unknown of [
      { path: 'b', id },
      { path: 'a', id: '../../a' },
      { path: 'a', id: `${id}/` },
    ]) {
      await expect(store.uploads.parts(unknown)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
      await store.uploads.abort(unknown);
    }
    expect(await store.uploads.parts({ path: 'a', id })).toEqual([]);
  });

  it('have no presigned URLs', async () => {
    expect(await store.presign('a', { method: 'GET' })).toBeUndefined();
  });

  it.skipIf(isRoot)('say that they cannot be written', async () => {
    await mkdir(root);
    await chmod(root, 0o500);
    await expect(store.write('a', stream('x'))).rejects.toMatchObject({ code: 'ARTIFACT_STORAGE' });
  });

  describe('on a full disk', () => {
    const mounts = canMount();
    let unmount = '';
    afterEach(() => {
      if (unmount !== '') execFileSync('umount', [unmount]);
      unmount = '';
    });

    it.skipIf(!mounts)('leave nothing half visible, and go on when there is space', async () => {
      await mkdir(root);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', root]);
      unmount = root;
      await store.write('before', stream('kept'));
      const full = { code: 'ARTIFACT_STORAGE_FULL', status: 507 };
      await expect(store.write('before', stream(someBytes(2 * MIB)))).rejects.toMatchObject(full);
      await expect(store.write('new/model', stream(someBytes(2 * MIB)))).rejects.toMatchObject(full);
      expect(await filesIn(root)).toEqual(['before']);
      expect(await textOf(await store.read('before'))).toBe('kept');

      const upload = { path: 'parts', id: await store.uploads.start('parts') };
      await store.uploads.write(upload, 1, stream(someBytes(MIB / 2)));
      await expect(store.uploads.write(upload, 2, stream(someBytes(MIB)))).rejects.toMatchObject(full);
      await expect(store.uploads.complete(upload)).rejects.toMatchObject(full);
      expect(await store.uploads.parts(upload)).toMatchObject([{ number: 1 }]);
      expect(await store.find('parts')).toBeUndefined();
      await store.uploads.abort(upload);
      await store.write('after', stream(someBytes(MIB / 2)));
      expect(await filesIn(root)).toEqual(['after', 'before']);
    });
  });
});

/** Whether this user may mount a small file system. */
function canMount(): boolean {
  if (!isRoot || process.platform !== 'linux') return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
