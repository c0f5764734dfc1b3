// Runs whole processes and measures them from outside: wall time, and peak memory as the kernel counts it.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs a command to its end. `{ seconds, peakMb, stdout, stopped }`; peakMb is NaN where /proc does not exist. With the
 * option `timeout` (milliseconds) a command that takes longer is ended, and `stopped` says so.
 */
export async function runProcess(command, args, options = {}) {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (output[name] += chunk));
  let peakMb = Number.NaN;
  const watch = setInterval(() => (peakMb = peakMemoryMb(child.pid) ?? peakMb), 10);
  const [code, signal] = await new Promise((resolve) => child.on('close', (...end) => resolve(end)));
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1000;
  const stopped = options.timeout !== undefined && signal === 'SIGTERM';
  if (code !== 0 && !stopped) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.stderr}`);
  return { seconds, peakMb, stdout: output.stdout, stopped };
}

/** Starts a server and measures the time until `url` answers 200; stops it. `{ seconds, peakMb }`. */
export async function timeToFirstAnswer(command, args, url, options = {}) {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  try {
    for (;;) {
      const answered = await fetch(url).then(
        (response) => response.ok,
        () => false,
      );
      if (answered) break;
      if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`);
      if (performance.now() - startedAt > 60_000) throw new Error(`${url} did not answer within 60 s`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return { seconds: (performance.now() - startedAt) / 1000, peakMb: peakMemoryMb(child.pid) ?? Number.NaN };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => (child.exitCode === null ? child.on('close', resolve) : resolve()));
  }
}

function peakMemoryMb(pid) {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

/** Runs several measurements in turn, A B A B, so that a drifting machine treats them alike. Returns medians by name. */
export async function medianInTurn(measurements, rounds) {
  const results = Object.fromEntries(Object.keys(measurements).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measurements)) results[name].push(await measure());
  }
  return Object.fromEntries(Object.entries(results).map(([name, runs]) => [name, medianRun(runs)]));
}

function medianRun(runs) {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
