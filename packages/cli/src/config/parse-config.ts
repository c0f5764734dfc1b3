import path from 'node:path';
import { JsonReader, readSchema, type Schema } from '@scorecast/core';
import type { GridEntry, PreprocessingOptions, Preset } from '@scorecast/train';
import { cliError } from '../cli-error.js';
import type { Config } from './config.js';
import { readGrid } from './read-grid.js';
import { readPreprocessing } from './read-preprocessing.js';
import { readFloor, readMetric } from './read-scoring.js';
import { readSearch } from './read-search.js';

/** As `train` has them: named here too, so that reading a configuration does not load it. */
export const PRESETS = ['quick', 'standard', 'thorough'] as const satisfies readonly Preset[];

/** A configuration after its checks: the schema is complete, paths are absolute, what was left out stays out. */
export interface ParsedConfig extends Omit<Config, 'schema' | 'minR2'> {
  readonly schema: Schema;
  readonly preprocessing?: PreprocessingOptions;
  readonly grid?: readonly GridEntry[];
}

type Readers = { readonly [Key in Exclude<keyof ParsedConfig, 'schema'>]-?: (value: unknown) => ParsedConfig[Key] };

/** `minR2` is the short form of a floor. */
const SHORT_FLOOR = 'minR2';

/**
 * Checks a configuration of unknown origin. Ranges of training settings are checked by `train`, once.
 *
 * @param file Where it comes from, for messages; relative paths in it are seen from its folder.
 * @throws CLI_CONFIG_INVALID with every problem and its path.
 */
export function parseConfig(content: unknown, file: string): ParsedConfig {
  const reader = new JsonReader();
  const value = reader.object(content, 'config');
  const readers = keyReaders(reader, path.dirname(file));
  const schema = readSchema(reader, value['schema'], 'schema');
  const names = Object.keys(readers);
  reader.keys(value, '', ['schema', ...names, SHORT_FLOOR]);
  const shortFloor = readShortFloor(reader, value);
  const config: ParsedConfig = {
    schema,
    ...(shortFloor === undefined ? {} : { floor: shortFloor }),
    ...Object.fromEntries(
      Object.entries(readers)
        .filter(([key]) => value[key] !== undefined)
        .map(([key, read]) => [key, read(value[key])]),
    ),
  };
  if (reader.problems.length > 0) throw cliError('CLI_CONFIG_INVALID', { path: file, problems: reader.problems });
  return config;
}

function readShortFloor(reader: JsonReader, value: Readonly<Record<string, unknown>>): ParsedConfig['floor'] {
  const { [SHORT_FLOOR]: limit, floor } = value;
  if (limit === undefined) return undefined;
  if (floor !== undefined) reader.note(SHORT_FLOOR, 'either this or floor');
  return { metric: 'r2', limit: limit === null ? -Infinity : reader.number(limit, SHORT_FLOOR) };
}

function keyReaders(reader: JsonReader, folder: string): Readers {
  const file = (key: string) => (value: unknown) => path.resolve(folder, reader.string(value, key));
  return {
    data: file('data'),
    out: file('out'),
    seed: (value) => reader.integer(value, 'seed', 0, 0xffffffff),
    testSize: (value) => reader.number(value, 'testSize'),
    folds: (value) => reader.integer(value, 'folds', 2),
    foldRepeats: (value) => reader.integer(value, 'foldRepeats', 1),
    group: (value) => reader.string(value, 'group'),
    stratify: (value) => reader.boolean(value, 'stratify'),
    floor: (value) => readFloor(reader, value, 'floor'),
    intervalLevel: (value) => reader.number(value, 'intervalLevel'),
    workers: (value) => reader.integer(value, 'workers', 1),
    metric: (value) => readMetric(reader, value, 'metric'),
    search: (value) => readSearch(reader, value, 'search'),
    space: (value) => readGrid(reader, value, 'space'),
    onInvalid: (value) => reader.oneOf(value, 'onInvalid', ['fail', 'drop']),
    separator: (value) => reader.string(value, 'separator'),
    decimalComma: (value) => reader.boolean(value, 'decimalComma'),
    missing: (value) => reader.strings(value, 'missing'),
    preprocessing: (value) => readPreprocessing(reader, value, 'preprocessing'),
    grid: (value) => readGrid(reader, value, 'grid'),
    preset: (value) => reader.oneOf(value, 'preset', PRESETS),
    estimators: (value) => reader.strings(value, 'estimators'),
    time: (value) => {
      const seconds = reader.number(value, 'time');
      if (seconds <= 0) reader.note('time', 'a number above 0');
      return seconds;
    },
    repeats: (value) => reader.integer(value, 'repeats', 1),
    nested: (value) => reader.boolean(value, 'nested'),
    trackingUri: (value) => reader.string(value, 'trackingUri'),
    artifactRoot: (value) => reader.string(value, 'artifactRoot'),
    experiment: (value) => reader.string(value, 'experiment'),
  };
}
