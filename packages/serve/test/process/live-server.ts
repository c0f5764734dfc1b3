import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { serveFile } from '../../src/process/serve-file.js';
import { readSettings, type GivenSettings } from '../../src/settings/read-settings.js';

const command = fileURLToPath(new URL('../../bin/scorecast-serve.js', import.meta.url));

/** A service that runs in this process, on a free port. */
export async function serveHere(file: string, given: GivenSettings = {}) {
  const signals = new EventEmitter();
  const lines: string[] = [];
  let url = '';
  const ended = serveFile(file, readSettings({ port: '0', ...given }, {}), {
    signals,
    logStream: { write: (line) => void lines.push(line) },
    onListening: (service) => (url = service.url),
  });
  let isEnded = false;
  ended.then(
    () => (isEnded = true),
    () => (isEnded = true),
  );
  onTestFinished(async () => {
    if (!isEnded) signals.emit('SIGTERM');
    await ended.catch(() => undefined);
  });
  await Promise.race([ended, expect.poll(() => url).not.toBe('')]);
  return { url, ended, log: () => lines.join(''), signal: (name: NodeJS.Signals) => signals.emit(name) };
}

/** A service in processes of its own, as users start it; waits until it answers or has ended. */
export async function serveProcess(file: string, ...args: readonly string[]) {
  const port = args.includes('--port') ? [] : ['--port', String(await freePort())];
  const child = spawn(process.execPath, [command, path.basename(file), ...args, ...port], {
    cwd: path.dirname(file),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = `http://127.0.0.1:${port[1] ?? 0}`;
  const isReady = () =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => child.exitCode !== null,
    );
  await expect.poll(isReady).toBe(true);
  return {
    url,
    log: () => output,
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** The exit code. */
    ended: ended.then(() => child.exitCode),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One line of `GET /metrics`. */
export async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}
