import { describe, expect, it } from 'vitest';
import { helpPage } from '../../src/settings/help-page.js';
import { parseArguments } from '../../src/settings/parse-arguments.js';
import { completeSettings, readSettings, settingValue } from '../../src/settings/read-settings.js';
import { defaultOf, variablesOf } from '../../src/settings/setting.js';
import { settingNames, settings } from '../../src/settings/settings.js';

describe('the table of settings', () => {
  it('has every flag, letter and environment variable once', () => {
    const rows: readonly { readonly flag: string; readonly short?: string; readonly variable?: string }[] =
      Object.values(settings);
    const flags = rows.flatMap(({ flag, short }) => (short === undefined ? [flag] : [flag, short]));
    expect(new Set([...flags, 'help', 'h', 'version', 'V']).size).toBe(flags.length + 4);
    const variables = rows.flatMap(variablesOf);
    expect(new Set([...variables, 'SCORECAST_BUNDLE']).size).toBe(variables.length + 1);
  });

  it.each(settingNames)('reads the default of %s from its own text', (name) => {
    const { otherwise } = settings[name];
    if (typeof otherwise === 'string' || typeof otherwise === 'number' || typeof otherwise === 'boolean') {
      expect(settings[name].read(String(otherwise))).toEqual(otherwise);
    } else expect(otherwise === undefined || Array.isArray(otherwise)).toBe(true);
  });

  it('is what the help lists', () => {
    const help = helpPage();
    for (const name of settingNames) {
      expect(help).toContain(`--${settings[name].flag} `);
      expect(help).toContain(defaultOf(settings[name]) ?? '');
    }
  });
});

describe('a setting', () => {
  it('is what was typed, else its own variable, else that of the platform, else the default', () => {
    expect(readSettings({}, {}).port).toBe(8080);
    expect(readSettings({}, { PORT: '1' }).port).toBe(1);
    expect(readSettings({}, { PORT: '1', SCORECAST_PORT: '2' }).port).toBe(2);
    expect(readSettings({ port: '3' }, { PORT: '1', SCORECAST_PORT: '2' }).port).toBe(3);
    expect(readSettings({}, { PORT: '' }).port).toBe(8080);
  });

  it.each([
    [{ port: 'http' }, {}, '--port is "http" (expected a whole number from 0 to 65535)'],
    [{}, { PORT: '-1' }, 'the environment variable PORT is "-1" (expected a whole number from 0 to 65535)'],
    [{ workers: '0' }, {}, '--workers is "0" (expected a whole number from 1 to 256, or auto)'],
    [{}, { SCORECAST_WATCH: 'maybe' }, 'the environment variable SCORECAST_WATCH is "maybe" (expected true or false)'],
  ])('with a value that it does not have is refused by the name of its source', (given, environment, message) => {
    expect(() => readSettings(given, environment)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });

  it('that is secret is not repeated', () => {
    const port = { ...settings.port, secret: true };
    expect(() => settingValue(port, 'hunter2', {})).toThrow(/^--port is nothing it can be \(expected/);
  });

  it('that a program gives is checked as well', () => {
    expect(completeSettings({ maxRecords: 5 }).maxRecords).toBe(5);
    expect(() => completeSettings({ maxRecords: 1.5 })).toThrow("the server's option maxRecords is 1.5");
  });
});

describe('the arguments of scorecast-serve', () => {
  it('are options, switches and one bundle, in any order', () => {
    expect(parseArguments(['-p', '9000', 'model.json', '--watch', '--host=::1'])).toEqual({
      bundle: 'model.json',
      given: { port: '9000', watch: true, host: '::1' },
      help: false,
      version: false,
    });
    expect(parseArguments(['--no-watch']).given).toEqual({ watch: false });
  });

  it.each([
    [['--drain-dealy', '5'], 'there is no option --drain-dealy (did you mean --drain-delay?)'],
    [['-x'], 'there is no option -x (--help lists all options)'],
    [['--port'], '--port needs a value (--help lists all options)'],
    [['--port', '--watch'], '--port needs a value (--help lists all options)'],
    [['--watch=yes'], '--watch takes no value (expected --watch alone, or --no-watch)'],
    [['a.json', 'b.json'], 'there are two bundles, a.json and b.json (expected one)'],
  ])('that make no sense are refused: %j', (args, message) => {
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });
});
