import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../source-files.js';
import { tinyBundleText } from '../tiny-bundle.js';

/** A real `scorecast-serve` that has answered, refused and missed requests, was told to reload, and keeps a log. */
export interface RunningServer {
  readonly port: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one. */
export async function runServer(): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'scorecast-monitored-'));
  writeFileSync(join(folder, 'bundle.json'), tinyBundleText);
  const child = spawn(process.execPath, [join(root, 'packages/serve/bin/scorecast-serve.js'), 'bundle.json'], {
    cwd: folder,
    env: { PORT: '0', SCORECAST_LOG_PREDICTIONS: join(folder, 'log') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const url = `http://127.0.0.1:${port}`;
  for (const body of ['{"hours":5}', '{"hours":-1}', '{"hours":12}']) {
    await fetch(`${url}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }
  await fetch(`${url}/nothing`);
  return {
    port,
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The port that a service says it listens on. */
export function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const port = /http:\/\/[\w.]+:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once('close', () => {
      reject(new Error(`the service ended: ${text}`));
    });
  });
}
