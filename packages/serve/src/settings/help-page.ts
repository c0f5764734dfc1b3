import { flagText, helpText, type Setting } from './setting.js';
import { settingNames, settings } from './settings.js';

const HEAD = `Usage: scorecast-serve [options] [bundle]
       scorecast-serve keys --help

Serves predictions of one bundle over HTTP: pages for people, addresses for programs.

  bundle  the file that "scorecast train" writes; else SCORECAST_BUNDLE

SIGHUP reads the bundle again, SIGTERM and SIGINT stop: running requests are finished first.

Options:
`;

/** What `scorecast-serve --help` writes. */
export function helpPage(): string {
  const rows = [
    ...settingNames.map((name): readonly [string, string] => {
      const setting: Setting<unknown> = settings[name];
      return [flagText(setting), helpText(setting)];
    }),
    ['-h, --help', 'show this'],
    ['-V, --version', 'show the release'],
  ];
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return HEAD + rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}\n`).join('');
}
