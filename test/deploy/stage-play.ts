import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../source-files.js';

/** What a program prints when its arguments match: the first text the first time, and so on; the last one ever after. */
export type Lines = readonly (readonly [arguments: RegExp, ...prints: string[]])[];

/** How a script ended. */
interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with programs that play the clouds' own ones, and a list of how they were called. */
export interface Stage {
  readonly folder: string;
  /** How the programs were called, in order. */
  calls(): readonly string[];
  /** Adds a program. */
  play(name: string, lines: Lines): void;
  /** Runs a command with these programs found first. */
  run(command: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ending>;
  clear(): void;
}

/** Sets up a {@link Stage} in a folder of its own. */
export function setStage(): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'scorecast-stage-'));
  const log = join(folder, 'calls');
  return {
    folder,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
    play: (name, lines) => {
      const path = join(folder, name);
      writeFileSync(path, programText(name, lines, log));
      chmodSync(path, 0o755);
    },
    run: async (command, args, environment = {}) => {
      const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
      const child = spawn(command, args, { cwd: root, env: { ...process.env, ...environment, PATH: path } });
      const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
        const chunks: string[] = [];
        stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
        return chunks;
      });
      await once(child, 'close');
      return { code: child.exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function programText(name: string, lines: Lines, log: string): string {
  const rules = JSON.stringify(lines.map(([pattern, ...prints]) => ({ pattern: pattern.source, prints })));
  return `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const log = ${JSON.stringify(log)};
const call = [${JSON.stringify(name)}, ...process.argv.slice(2)].join(' ');
const rule = ${rules}.find(({ pattern }) => new RegExp(pattern).test(call));
const before = existsSync(log) ? readFileSync(log, 'utf8').split('\\n').filter((line) => rule && new RegExp(rule.pattern).test(line)).length : 0;
appendFileSync(log, call.replaceAll('\\n', ' ') + '\\n');
if (rule === undefined) { console.error('nobody expected ' + call); process.exit(99); }
process.stdout.write(rule.prints[Math.min(before, rule.prints.length - 1)] ?? '');
`;
}
