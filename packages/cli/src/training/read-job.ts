import path from 'node:path';
import { parseSchema, type Schema } from '@scorecast/core';
import { cliError } from '../cli-error.js';
import { loadConfig } from '../config/load-config.js';
import type { ParsedConfig } from '../config/parse-config.js';
import { shownPath } from '../terminal/shown-path.js';
import { readJsonFile } from '../read-text-file.js';
import type { TrainingJob } from './run-training.js';

/** The options of a command that describe a training, as commander gives them. */
export interface JobOptions extends Partial<Omit<ParsedConfig, 'schema' | 'data' | 'grid' | 'preprocessing'>> {
  readonly schema?: string;
  readonly config?: string;
}

/**
 * Joins the data file, the options and the configuration to one job; an option wins over the configuration.
 *
 * @param otherwise Makes the job when there is neither a file nor a configuration; without it that is an error.
 * @throws CLI_NO_DATA, CLI_NO_SCHEMA, and what reading the schema and the configuration throws.
 */
export async function readJob(
  file: string | undefined,
  options: JobOptions,
  directory: string,
  otherwise?: (out: string) => Promise<TrainingJob>,
): Promise<TrainingJob> {
  const { schema, config: configFile, ...settings } = options;
  const config = await loadConfig(configFile, directory);
  const out = path.resolve(directory, settings.out ?? config?.out ?? 'scorecast-out');
  const data = file === undefined ? config?.data : path.resolve(directory, file);
  if (data === undefined) {
    if (otherwise === undefined || config !== undefined || schema !== undefined) throw cliError('CLI_NO_DATA', {});
    return { ...(await otherwise(out)), ...settings, out };
  }
  const { grid: _grid, search: _search, space: _space, ...withoutCandidates } = config ?? {};
  // Who asks for a preset or for estimators does not want the configuration's grid or space.
  const isAutomatic = settings.preset !== undefined || settings.estimators !== undefined;
  const configured = isAutomatic ? withoutCandidates : config;
  return { ...configured, ...settings, data, out, schema: await readSchema(schema, config, data, directory) };
}

async function readSchema(
  named: string | undefined,
  config: ParsedConfig | undefined,
  data: string,
  directory: string,
): Promise<Schema> {
  if (named !== undefined) return parseSchema(await readJsonFile('the schema', path.resolve(directory, named)));
  if (config === undefined) throw cliError('CLI_NO_SCHEMA', { data: shownPath(data, directory) });
  return config.schema;
}
