import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { runServe } from '../src/run-serve.js';
import { VERSION } from '../src/version.js';
import { bundleFile, variants } from './process/variants.js';

const [{ text }] = await variants(1);

/** Runs the command to its end. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  let stdout = '';
  let stderr = '';
  const signals = new EventEmitter();
  const code = await runServe(args, {
    stdout: { write: (written) => (stdout += written) },
    stderr: { write: (written) => (stderr += written) },
    env,
    cwd: () => '/',
    on: (event, listener) => signals.on(event, listener),
    off: (event, listener) => signals.off(event, listener),
  });
  return { code, stdout, stderr };
}

describe('scorecast-serve', () => {
  it('says its release and its options', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect((await run(['--help'])).stdout).toMatch(/^Usage: scorecast-serve \[options\] \[bundle\]\n/);
  });

  it('ends with 2 when it is used wrongly', async () => {
    expect(await run(['--wach'])).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean --watch?') });
    expect(await run([])).toMatchObject({ code: 2, stderr: expect.stringContaining('no bundle was named') });
  });

  it('ends with 4 when the bundle is missing or damaged, and names it', async () => {
    const missing = await run(['none.json']);
    expect(missing).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('the bundle /none.json cannot be read: there is no such file'),
    });
    const { file } = await bundleFile(text.replace('"level":0.9', '"level":0.8'));
    const damaged = await run([], { SCORECAST_BUNDLE: file });
    expect(damaged.code).toBe(4);
    expect(damaged.stderr).toContain(`error: ${file}: `);
  });

  it('ends with 4 and one line, with several processes as with one', async () => {
    const { code, stderr } = await run(['none.json', '--workers', '2']);
    expect(code).toBe(4);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
