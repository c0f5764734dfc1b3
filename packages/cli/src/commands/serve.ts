import path from 'node:path';
import type { Command } from 'commander';
import { integerOption, withExamples } from '../options.js';
import { loadBundleFile } from '../load-bundle-file.js';
import type { Surroundings } from '../surroundings.js';
import { serveUntilStopped } from '../serve-until-stopped.js';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
}

/** Where training writes and serving reads when nothing else is said. */
export const DEFAULT_BUNDLE = path.join('scorecast-out', 'bundle.json');

/** `scorecast serve`: answers predictions over HTTP and on a page. */
export function addServe(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('serve')
    .summary('serve a bundle over HTTP and as a page')
    .description(
      'Serves predictions of one bundle: a page with a form, and POST /predict for programs. Ctrl-C stops it.',
    )
    .argument('[bundle]', 'the bundle file', DEFAULT_BUNDLE)
    .option('-p, --port <n>', 'the port; else the environment variable PORT, else 8080', integerOption(0, 65_535))
    .option('--host <address>', 'the address to listen on; else HOST, else 127.0.0.1 (0.0.0.0 is all of them)')
    .action(async (file: string, options: ServeOptions) => {
      const bundle = await loadBundleFile(path.resolve(surroundings.directory, file));
      await serveUntilStopped(bundle, options, surroundings);
    });
  withExamples(command, 'scorecast serve', 'PORT=9000 scorecast serve model/bundle.json --host 0.0.0.0');
}
