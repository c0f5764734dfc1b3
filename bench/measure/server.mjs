// Servers as whole processes, started the way that their users start them, and measured from outside.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
/** The kernel counts processor time in these; 100 a second on every Linux that Node runs on. */
const TICK_US = 10_000;

/**
 * Starts a server and waits for its first answer. `commandAt` gives the command and its arguments for a port.
 * `{ url, startMs, memoryMb(), cpuUs(), stop() }`; memory and processor time are those of the process and all below it.
 */
export async function startServer(commandAt, { health = '/health', env = {} } = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [command, args] = commandAt(port);
  const startedAt = performance.now();
  // A group of its own, so that its workers end with it.
  const child = spawn(command, args, {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(kill);
  };
  for (;;) {
    const answered = await fetch(`${url}${health}`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) break;
    if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`);
    if (performance.now() - startedAt > START_TIMEOUT_MS) {
      await stop();
      throw new Error(`${command} ${args.join(' ')} did not answer within ${START_TIMEOUT_MS / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const startMs = performance.now() - startedAt;
  return {
    url,
    startMs,
    memoryMb: () => sumOver(child.pid, residentMb),
    cpuUs: () => sumOver(child.pid, usedUs),
    stop,
  };
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A figure of a process and all below it; NaN where /proc does not exist. */
function sumOver(pid, figure) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + sumOver(child, figure), figure(pid));
  } catch {
    return Number.NaN;
  }
}

function residentMb(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kilobytes) / 1024;
}

function usedUs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces; user and system time are the 14th and 15th fields.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}
