import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { cliError } from '../cli-error.js';
import { readJsonFile } from '../read-text-file.js';
import { parseConfig, type ParsedConfig } from './parse-config.js';

const NAMES = ['scorecast.config.ts', 'scorecast.config.js', 'scorecast.config.mjs', 'scorecast.config.json'];

/**
 * Loads the configuration that was named, or the one that lies in the folder.
 *
 * @param named A path, or undefined to look for `scorecast.config.{ts,js,mjs,json}` in `directory`.
 * @returns undefined when none was named and none lies there.
 * @throws CLI_CONFIG_FAILED, CLI_CONFIG_INVALID, CLI_FILE_UNREADABLE
 */
export async function loadConfig(named: string | undefined, directory: string): Promise<ParsedConfig | undefined> {
  const file = named === undefined ? await findConfig(directory) : path.resolve(directory, named);
  if (file === undefined) return undefined;
  const content = file.endsWith('.json') ? await readJsonFile('the configuration', file) : await runConfig(file);
  return parseConfig(content, file);
}

async function findConfig(directory: string): Promise<string | undefined> {
  for (const name of NAMES) {
    const file = path.join(directory, name);
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (exists) return file;
  }
  return undefined;
}

/** A configuration in TypeScript is run as it is, without a build; `scorecast` resolves to this program. */
async function runConfig(file: string): Promise<unknown> {
  // Loaded only here: most commands start without a configuration to run, and sooner.
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, { alias: { scorecast: fileURLToPath(import.meta.resolve('scorecast')) } });
  try {
    return await jiti.import(file, { default: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliError('CLI_CONFIG_FAILED', { path: file, reason }, { cause });
  }
}
