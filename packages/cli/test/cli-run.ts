import { mkdtemp, rm } from 'node:fs/promises';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { runCli } from '../src/run-cli.js';

/** What a run of the command line left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command line that can be sent signals. */
export interface LiveCli {
  readonly ended: Promise<CliRun>;
  readonly stderr: () => string;
  signal(name: 'SIGINT' | 'SIGTERM'): void;
}

/** Starts the command line in this process, in a folder of its own, and keeps what it writes. */
export function startCli(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): LiveCli {
  const stdout = new Collected();
  const stderr = new Collected();
  const signals = new EventEmitter();
  const ended = runCli(args, {
    stdout,
    stderr,
    env,
    cwd: () => directory,
    on: (event, listener) => signals.on(event, listener),
    off: (event, listener) => signals.off(event, listener),
  }).then((code) => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  return { ended, stderr: () => stderr.text(), signal: (name) => signals.emit(name) };
}

/** Runs the command line to its end. */
export async function cli(directory: string, ...args: readonly string[]): Promise<CliRun> {
  return startCli(directory, args).ended;
}

/** A new empty folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecast-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
