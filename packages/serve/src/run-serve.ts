import path from 'node:path';
import { ScorecastError } from '@scorecast/core';
import { serveError } from './serve-error.js';
import type { ServeProcess } from './serve-process.js';
import { parseArguments } from './settings/parse-arguments.js';
import { readSettings } from './settings/read-settings.js';
import { VERSION } from './version.js';

/**
 * Runs `scorecast-serve`.
 *
 * @param args Everything after the program's name.
 * @returns The exit code: 0 stopped, 1 failure, 2 usage, 4 bundle refused, 130 cut by a second signal.
 */
export async function runServe(args: readonly string[], host: ServeProcess): Promise<number> {
  try {
    if (args[0] === 'keys') {
      await (await import('./access/keys-command.js')).runKeys(args.slice(1), host);
      return 0;
    }
    const { bundle, given, help, version } = parseArguments(args);
    if (version) host.stdout.write(`${VERSION}\n`);
    else if (help) host.stdout.write((await import('./settings/help-page.js')).helpPage());
    else await serve(bundle ?? host.env['SCORECAST_BUNDLE'], given, host);
    return 0;
  } catch (error) {
    return report(error, host);
  }
}

async function serve(
  bundle: string | undefined,
  given: Parameters<typeof readSettings>[0],
  host: ServeProcess,
): Promise<void> {
  const settings = readSettings(given, host.env);
  if (bundle === undefined || bundle === '') {
    throw serveError('SERVE_USAGE', {
      problem: 'no bundle was named (expected "scorecast-serve FILE" or SCORECAST_BUNDLE)',
    });
  }
  const { serveFile } = await import('./process/serve-file.js');
  await serveFile(path.resolve(host.cwd(), bundle), settings, { signals: host });
}

function report(error: unknown, { stderr }: ServeProcess): number {
  if (error instanceof ScorecastError) {
    stderr.write(`error: ${error.message}\n`);
    return error.exitCode;
  }
  const isSystemError = error instanceof Error && 'syscall' in error;
  stderr.write(`error: ${isSystemError ? error.message : detailOf(error)}\n`);
  return 1;
}

function detailOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return `${stack ?? String(error)}\nthis is a fault of Scorecast; please report it`;
}
