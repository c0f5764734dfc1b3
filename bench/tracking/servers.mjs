// Tracking servers as whole processes, started the way that their users start them.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';
import { mlflowPython } from '../measure/peers.mjs';
import { freePort } from './databases.mjs';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** `scorecast track` on a database, with its pages and its log. */
export function scorecastServer(databaseUrl, folder) {
  const args = ['track', '--tracking-uri', databaseUrl, '--artifact-root', join(folder, 'artifacts')];
  return (port) => [process.execPath, [join(root, 'packages/cli/bin/scorecast.js'), ...args, '--port', String(port)]];
}

/** `mlflow server` on a database, with one worker. */
export function mlflowServer(databaseUrl, folder) {
  const mlflow = join(dirname(mlflowPython()), 'mlflow');
  const args = ['server', '--backend-store-uri', databaseUrl, '--artifacts-destination', join(folder, 'mlartifacts')];
  return (port) => [mlflow, [...args, '--workers', '1', '--port', String(port)]];
}

/**
 * Starts a server and waits for its first answer. `{ url, startMs, memoryMb(), stop() }`; memory is that of the process
 * and all below it.
 */
export async function startServer(commandAt) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [command, args] = commandAt(port);
  const startedAt = performance.now();
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', NO_COLOR: '1' };
  // A group of its own, so that its workers end with it.
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(kill);
  };
  for (;;) {
    const answered = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) break;
    if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`);
    if (performance.now() - startedAt > START_TIMEOUT_MS) {
      await stop();
      throw new Error(`${command} ${args.join(' ')} did not answer within ${START_TIMEOUT_MS / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { url, startMs: performance.now() - startedAt, memoryMb: () => memoryMb(child.pid), stop };
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The resident memory of a process and all below it, where /proc exists. */
function memoryMb(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return children.reduce((sum, child) => sum + memoryMb(child), Number(kilobytes) / 1024);
  } catch {
    return Number.NaN;
  }
}
