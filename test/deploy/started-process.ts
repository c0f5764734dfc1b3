import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../source-files.js';

/** The service's executable, as the image's entry point names it. */
export const EXECUTABLE = join(root, 'packages/serve/bin/scorecast-serve.js');

/** A port that is free at this moment, as the number of a file to be tried stands for it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A service that runs as a process of its own. */
export interface StartedService {
  readonly process: ChildProcess;
  /** The status of a GET, asked at an address that only a service listening on every address has. */
  status(path: string): Promise<number>;
  /** Sends SIGTERM; the exit code, or undefined when the process did not end within the time that the platform gives. */
  stop(seconds: number): Promise<number | null | undefined>;
}

/** Starts the executable with nothing in its environment but what a platform puts there, and waits until it is ready. */
export async function startAs(
  environment: Readonly<Record<string, string>>,
  port: number,
  uid?: number,
): Promise<StartedService> {
  const child = spawn(process.execPath, [EXECUTABLE], {
    env: environment,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = once(child, 'exit');
  // 0.0.0.0 takes requests for all of 127.0.0.0/8; a service that listens on 127.0.0.1 alone refuses these.
  const status = async (path: string) => (await fetch(`http://127.0.0.2:${port}${path}`)).status;
  const patience = AbortSignal.timeout(20_000);
  while ((await status('/health').catch(() => 0)) === 0) {
    if (child.exitCode !== null) throw new Error(`the service ended with exit code ${child.exitCode}: ${complaint}`);
    if (patience.aborted) {
      child.kill('SIGKILL');
      throw new Error(`the service runs, but does not answer on port ${port} of 127.0.0.2`);
    }
    await sleep(20);
  }
  return {
    process: child,
    status,
    stop: async (seconds) => {
      child.kill('SIGTERM');
      const code: unknown = await Promise.race([
        ended.then(() => child.exitCode),
        sleep(seconds * 1000, undefined, { ref: false }),
      ]);
      if (code === undefined) child.kill('SIGKILL');
      return typeof code === 'number' ? code : undefined;
    },
  };
}
