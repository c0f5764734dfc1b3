import { CommanderError } from 'commander';
import { ScorecastError } from '@scorecast/core';
import type { CliProcess } from './cli-process.js';
import { createProgram } from './program.js';
import { createTerminal, logLevels, type LogFormat, type LogLevel, type Terminal } from './terminal/terminal.js';

/** The exit code of a process that Ctrl-C ended. */
const CANCELLED = 130;

/**
 * Runs the command line once.
 *
 * @param args Everything after the program's name.
 * @returns The exit code: 0 success, 1 failure, 2 usage, 3 invalid data, 4 bundle refused, 5 gate not passed, 130 cancelled.
 */
export async function runCli(args: readonly string[], host: CliProcess): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => {
    stop.abort();
  };
  host.on('SIGINT', onSignal);
  host.on('SIGTERM', onSignal);
  const terminal = createTerminal({
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    level: globalOption(args, '--log-level', logLevels, 'info'),
    format: globalOption(args, '--log-format', ['text', 'json'] satisfies LogFormat[], 'text'),
  });
  const surroundings = { terminal, env: host.env, directory: host.cwd(), signal: stop.signal, signals: host };
  try {
    await createProgram(surroundings, host).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error, terminal, args, stop.signal);
  } finally {
    host.off('SIGINT', onSignal);
    host.off('SIGTERM', onSignal);
  }
}

/** Reads a global option before commander does: its own errors must already be written in the wanted form. */
function globalOption<T extends LogFormat | LogLevel>(
  args: readonly string[],
  name: string,
  options: readonly T[],
  otherwise: T,
): T {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return otherwise;
  const given = args[at].includes('=') ? args[at].slice(name.length + 1) : args[at + 1];
  return options.find((option) => option === given) ?? otherwise;
}

function report(error: unknown, terminal: Terminal, args: readonly string[], signal: AbortSignal): number {
  // Commander has written its message already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ScorecastError) {
    terminal.message('error', `error: ${error.message}`, { code: error.code, details: error.details });
    return error.exitCode;
  }
  if (signal.aborted) return CANCELLED;
  const reason = error instanceof Error ? error.message : String(error);
  if (isSystemError(error)) {
    terminal.message('error', `error: the system refused: ${reason}`, { code: error.code });
    return 1;
  }
  terminal.message('error', `error: ${reason}`, { stack: error instanceof Error ? error.stack : undefined });
  terminal.message('debug', error instanceof Error ? (error.stack ?? '') : '');
  terminal.message(
    'error',
    `this is a fault of Scorecast; please report it with the command: scorecast ${args.join(' ')}`,
  );
  return 1;
}

/** A full disk, a missing folder, a missing permission: nobody's fault but to be told as it is. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
