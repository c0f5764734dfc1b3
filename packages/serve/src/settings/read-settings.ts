import { serveError } from '../serve-error.js';
import { variablesOf, type Setting } from './setting.js';
import { settingNames, settings, type SettingName, type Settings } from './settings.js';

/** What was typed, by the name of the setting: the text of a value, or whether a switch is on. */
export type GivenSettings = Readonly<Partial<Record<SettingName, string | boolean | undefined>>>;

/** The environment, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The value of every setting: what was typed, else what the environment says, else the default.
 *
 * @throws SERVE_SETTING for a value that the setting does not have.
 * @example
 * readSettings({ port: '9000' }, {}).port; // => 9000
 * readSettings({}, { PORT: '9000', SCORECAST_PORT: '9001' }).port; // => 9001
 */
export function readSettings(given: GivenSettings, environment: Environment): Settings {
  return mapSettings((name, setting) => settingValue(setting, given[name], environment));
}

/** Checks options that a program gave, and fills in the defaults. */
export function completeSettings(given: Partial<Settings>): Settings {
  return mapSettings((name, setting) => {
    const value = given[name];
    if (value === undefined || value === setting.otherwise) return setting.otherwise;
    // What is no single value was made by its type's own reader.
    if (typeof value === 'object' || setting.read(String(value)) !== undefined) return value;
    throw serveError('SERVE_OPTION', { option: name, value, expected: setting.expected });
  });
}

/** @param value Gives what its row of the table reads, or the row's default. */
function mapSettings(value: (name: SettingName, setting: Setting<unknown>) => unknown): Settings;
function mapSettings(value: (name: SettingName, setting: Setting<unknown>) => unknown): object {
  return Object.fromEntries(settingNames.map((name) => [name, value(name, settings[name])]));
}

/** The same of one setting. */
export function settingValue(setting: Setting<unknown>, given: string | boolean | undefined, environment: Environment) {
  if (typeof given === 'boolean') return given;
  if (given !== undefined) return readText(setting, given, `--${setting.flag}`);
  for (const variable of variablesOf(setting)) {
    const text = environment[variable];
    if (text !== undefined && text !== '') return readText(setting, text, `the environment variable ${variable}`);
  }
  return setting.otherwise;
}

function readText(setting: Setting<unknown>, text: string, source: string): unknown {
  const value = setting.read(text);
  if (value !== undefined) return value;
  const found = setting.secret === true ? 'nothing it can be' : JSON.stringify(text.slice(0, 80));
  throw serveError('SERVE_SETTING', { source, found, expected: setting.expected });
}
