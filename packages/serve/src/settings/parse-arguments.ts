import { parseArgs } from 'node:util';
import { closestName } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import type { GivenSettings } from './read-settings.js';
import { settingNames, settings } from './settings.js';

/** What was typed after `scorecast-serve`. */
export interface ServeArguments {
  readonly bundle: string | undefined;
  readonly given: GivenSettings;
  readonly help: boolean;
  readonly version: boolean;
}

const flags = new Map(settingNames.map((name) => [settings[name].flag, name]));

const options = Object.fromEntries([
  ...settingNames.map((name) => {
    const setting: { readonly flag: string; readonly short?: string; readonly placeholder?: string } = settings[name];
    const { flag, short, placeholder } = setting;
    const type: 'string' | 'boolean' = placeholder === undefined ? 'boolean' : 'string';
    return [flag, short === undefined ? { type } : { type, short }] as const;
  }),
  ['help', { type: 'boolean', short: 'h' }] as const,
  ['version', { type: 'boolean', short: 'V' }] as const,
]);

/**
 * Reads the arguments of `scorecast-serve`.
 *
 * @throws SERVE_USAGE for an unknown option, a missing value, or more than one bundle.
 */
export function parseArguments(args: readonly string[]): ServeArguments {
  const { tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    allowNegative: true,
    strict: false,
    tokens: true,
  });
  const given: { -readonly [Name in keyof GivenSettings]: GivenSettings[Name] } = {};
  const bundles: string[] = [];
  const asked = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') bundles.push(token.value);
    if (token.kind !== 'option') continue;
    const { name: flag, rawName, value } = token;
    const name = flags.get(flag);
    if (name === undefined && !Object.hasOwn(options, flag)) throw unknownOption(rawName);
    if (name === undefined) asked.add(flag);
    else given[name] = valueOf(rawName, value, options[flag].type === 'boolean');
  }
  const [bundle, second] = bundles;
  if (second !== undefined) throw usage(`there are two bundles, ${bundle} and ${second} (expected one)`);
  return { bundle, given, help: asked.has('help'), version: asked.has('version') };
}

function valueOf(typed: string, value: string | undefined, isSwitch: boolean): string | boolean {
  if (isSwitch) {
    if (value !== undefined) {
      throw usage(`${typed} takes no value (expected ${typed} alone, or --no-${typed.slice(2)})`);
    }
    return !typed.startsWith('--no-');
  }
  if (value === undefined || value.startsWith('--')) throw usage(`${typed} needs a value (--help lists all options)`);
  return value;
}

function unknownOption(typed: string) {
  const meant = typed.startsWith('--') ? closestName(typed.slice(2), Object.keys(options)) : undefined;
  return usage(
    `there is no option ${typed} (${meant === undefined ? '--help lists all options' : `did you mean --${meant}?`})`,
  );
}

function usage(problem: string) {
  return serveError('SERVE_USAGE', { problem });
}
