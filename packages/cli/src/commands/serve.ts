import path from 'node:path';
import type { Command } from 'commander';
import { flagText, helpText, readSettings, settingNames, settings, type Setting } from '@scorecast/serve/settings';
import { withExamples } from '../options.js';
import { announceServer } from '../serve-until-stopped.js';
import type { Surroundings } from '../surroundings.js';

/** Where training writes and serving reads when nothing else is said. */
export const DEFAULT_BUNDLE = path.join('scorecast-out', 'bundle.json');

/** The command line has a log level of its own, for all commands. */
const names = settingNames.filter((name) => name !== 'logLevel');

/** `scorecast serve`: answers predictions over HTTP and on a page. */
export function addServe(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('serve')
    .summary('serve a bundle over HTTP and as a page')
    .description(
      'Serves predictions of one bundle: a page with a form, and POST /predict for programs. Ctrl-C stops it.',
    )
    .argument('[bundle]', `the bundle file; else SCORECAST_BUNDLE, else ${DEFAULT_BUNDLE}`)
    .action((file: string | undefined, options: Readonly<Record<string, string | boolean>>) =>
      serve(file, options, surroundings),
    );
  for (const name of names) {
    const setting: Setting<unknown> = settings[name];
    command.option(flagText(setting), helpText(setting));
  }
  withExamples(
    command,
    'scorecast serve',
    'PORT=9000 scorecast serve model/bundle.json --host 0.0.0.0',
    'scorecast serve --workers auto --watch',
  );
}

async function serve(
  file: string | undefined,
  options: Readonly<Record<string, string | boolean>>,
  surroundings: Surroundings,
): Promise<void> {
  const { terminal, env, directory, signals } = surroundings;
  const given = Object.fromEntries(names.map((name) => [name, options[attributeName(settings[name].flag)]]));
  const { logLevel, logStream } = terminal.serverLog;
  const named = env['SCORECAST_BUNDLE'] === '' ? undefined : env['SCORECAST_BUNDLE'];
  const bundle = path.resolve(directory, file ?? named ?? DEFAULT_BUNDLE);
  const values = { ...readSettings(given, env), logLevel };
  const { serveFile } = await import('@scorecast/serve');
  await serveFile(bundle, values, {
    signals,
    logStream,
    onListening: (service) => announceServer(service.url, service.bundle, terminal),
  });
  terminal.message('info', 'stopped');
}

/** Under which commander gives the value of an option: `drainDelay` for `--drain-delay`. */
function attributeName(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
