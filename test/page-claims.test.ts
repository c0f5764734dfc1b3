import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestOf, root, textOf } from './source-files.js';

// What people read and what there is: commands, options, scripts and links of the pages written by hand.

const guide = existsSync(join(root, 'docs/guide')) ? readdirSync(join(root, 'docs/guide')) : [];
const decisions = readdirSync(join(root, 'docs/decisions'));
const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
  ...guide.map((name) => `docs/guide/${name}`),
  ...decisions.map((name) => `docs/decisions/${name}`),
].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));

/** The commands and paths in a page: lines of its code blocks and its inline code. */
function codeIn(page: string): readonly string[] {
  const text = textOf(page);
  const blocks = [...text.matchAll(/^```(?:sh|bash|console|shell)?\n([\s\S]*?)^```/gm)].flatMap((match) =>
    match[1].replaceAll('\\\n', ' ').split('\n'),
  );
  // A path with a colon above a block says where the reader is to put the block.
  const prose = text.replace(/^`[^`\n]+`:\n\n(?=```)/gm, '').replace(/^```[\s\S]*?^```/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);
  return [...blocks, ...inline].map((line) =>
    line
      .replace(/^\s*\$ /, '')
      .replace(/\s#.*/, '')
      .trim(),
  );
}

const scripts = Object.keys(manifestOf('.').scripts ?? {});

/** Why a command cannot work, or undefined. */
function complaint(command: string): string | undefined {
  const [program, ...args] = command.replace(/^npx /, '').split(/\s+/);
  if (program === 'scorecast') return complaintAboutScorecast(args);
  if (program === 'npm') return complaintAboutNpm(args);
  const script = args[0] ?? '';
  const isScript = (program === 'node' || program === 'bash') && /^[\w./-]+$/.test(script) && !script.startsWith('-');
  return isScript && !existsSync(join(root, script)) ? `there is no file ${script}` : undefined;
}

function complaintAboutNpm(args: readonly string[]): string | undefined {
  if (args[0] === 'ci' || args[0] === 'install') return undefined;
  const script = args[0] === 'run' ? args[1] : args[0];
  if (!scripts.includes(script)) return `there is no script ${script}`;
  const passed = args.slice(args.indexOf('--') + 1);
  if (script === 'start' && args.includes('--')) return complaintAboutScorecast(['up', ...passed]);
  const isMissing = script === 'bench' && args.includes('--') && !existsSync(join(root, 'bench', `${passed[0]}.mjs`));
  return isMissing ? `there is no benchmark ${passed[0]}` : undefined;
}

/** Looks up a command and its options in the reference page, which another test holds equal to `--help`. */
function complaintAboutScorecast(args: readonly string[]): string | undefined {
  const sections = textOf('docs/reference/cli.md').split(/^## /m);
  const command = args.find((arg) => /^[a-z]+$/.test(arg));
  const name = command === undefined ? 'scorecast' : `scorecast ${command}`;
  const help = sections.filter((section) => section.startsWith(`${name}\n`) || section.startsWith('scorecast\n'));
  if (!help.some((section) => section.startsWith(`${name}\n`))) return `there is no command "${name}"`;
  const unknown = args
    .filter((arg) => /^--?[a-z]/.test(arg))
    .map((arg) => arg.replace(/=.*/, ''))
    .find((option) => !help.some((section) => new RegExp(`(^|[\\s,])${option}(?![\\w-])`, 'm').test(section)));
  return unknown === undefined ? undefined : `${name} has no option ${unknown}`;
}

describe.each(pages)('%s', (page) => {
  it('names only commands that exist', () => {
    const complaints = codeIn(page).flatMap((command) => {
      const found = complaint(command);
      return found === undefined ? [] : [`${command}: ${found}`];
    });
    expect(complaints).toEqual([]);
  });

  it('names only files that exist', () => {
    const paths = codeIn(page).filter((code) => /^(bench|docs|fixtures|packages|scripts|test)\/[\w./-]+$/.test(code));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1]);
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(page), link)));
    expect(broken).toEqual([]);
  });
});

describe('the check of commands', () => {
  it('finds a script that does not exist', () => {
    expect(complaint('npm run nonsense')).toBe('there is no script nonsense');
  });

  it('finds a command and an option that do not exist', () => {
    expect(complaint('scorecast nonsense marks.csv')).toBe('there is no command "scorecast nonsense"');
    expect(complaint('scorecast train marks.csv --nonsense 3')).toBe('scorecast train has no option --nonsense');
  });
});
