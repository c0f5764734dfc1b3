import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { all, filesIn } from './content.js';

const BYTES = 300_000;

/** Writes files over and over, eight at a time, each of one letter; prints a line per file that is stored. */
const writer = `
  const { openArtifactStore } = await import(process.argv[1]);
  const store = openArtifactStore(process.argv[2]);
  const content = async function* (letter) {
    for (let i = 0; i < 100; i++) {
      await new Promise(setImmediate);
      yield letter.repeat(${BYTES / 100});
    }
  };
  await Promise.all(Array.from({ length: 8 }, async (_, i) => {
    for (let round = 0; ; round++) {
      const name = 'run-' + i + '/file-' + (round % 5);
      await store.write(name, content(String.fromCharCode(97 + (round % 26))));
      process.stdout.write(name + '\\n');
    }
  }));
`;

describe('a writer that is killed', () => {
  it('leaves only whole files, all that it had acknowledged, and leftovers that can be told and removed', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'scorecast-killed-'));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const compiled = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer, compiled, root]);
    const acknowledged: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => acknowledged.push(...text.trim().split('\n')));
    await expect.poll(() => acknowledged.length).toBeGreaterThan(60);
    child.kill('SIGKILL');
    await once(child, 'close');

    const store = openArtifactStore(root);
    const files = (await all(store.walk())).map((file) => file.path);
    expect(files).toEqual(expect.arrayContaining([...new Set(acknowledged)]));
    for (const file of files) {
      const content = await buffer((await store.read(file)).body);
      expect(content.length).toBe(BYTES);
      expect(new Set(content).size).toBe(1);
    }
    for await (const leftover of store.leftovers()) await leftover.remove();
    expect(await filesIn(root)).toEqual([...files].sort());
  });
});
